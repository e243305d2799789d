using System.Diagnostics.Metrics;

namespace Tumbler.Client.Outbound;

/// <summary>What is counted of tokens for outgoing calls, under <see cref="TumblerDefaults.MeterName"/>.</summary>
internal sealed class OutboundMetrics : IDisposable
{
    private readonly Counter<long> fetches;
    private readonly Counter<long> refusals;

    public OutboundMetrics()
    {
        fetches = Meter.CreateCounter<long>("tumbler.client.token_fetches", description: "Tokens asked for, by outcome: ok, or the OAuth error, or failed.");
        refusals = Meter.CreateCounter<long>("tumbler.client.token_refusals", description: "Tokens that a service answered with 401.");
    }

    public Meter Meter { get; } = new(TumblerDefaults.MeterName);

    /// <param name="fault">Null for a token. What a server calls its errors is not ours to count by, but the standard's names are.</param>
    public void Fetched(GrantFault? fault) => fetches.Add(1, new KeyValuePair<string, object?>("outcome", fault switch
    {
        null => "ok",
        { Error: "invalid_request" or "invalid_client" or "invalid_grant" or "unauthorized_client" or "unsupported_grant_type" or "invalid_scope" or "invalid_target" } => fault.Error,
        _ => "failed",
    }));

    public void Refused() => refusals.Add(1);

    public void Dispose() => Meter.Dispose();
}

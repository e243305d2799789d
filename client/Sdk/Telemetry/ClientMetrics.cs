using System.Diagnostics.Metrics;

namespace Tumbler.Client.Telemetry;

/// <summary>What is counted, under <see cref="TumblerDefaults.MeterName"/>.</summary>
internal sealed class ClientMetrics : IDisposable
{
    private static readonly string[] Results = [.. Enum.GetValues<TokenFault>().Select(fault => fault == TokenFault.None ? "ok" : Snake(fault.ToString()))];

    private readonly Meter meter = new(TumblerDefaults.MeterName);
    private readonly Counter<long> verifications, keyFetches, lists, apiKeys, notEnforced;

    public ClientMetrics()
    {
        verifications = meter.CreateCounter<long>("tumbler.client.verifications", description: "Tokens, by result.");
        keyFetches = meter.CreateCounter<long>("tumbler.client.key_fetches", description: "Fetches of the key set, by outcome: ok, unchanged, failed, refused.");
        lists = meter.CreateCounter<long>("tumbler.client.kill_lists", description: "Kill lists, by outcome: ok, unchanged, failed, refused.");
        apiKeys = meter.CreateCounter<long>("tumbler.client.api_key_checks", description: "API keys, by result: ok, refused, unavailable, and with _remembered for what was not asked again.");
        notEnforced = meter.CreateCounter<long>("tumbler.client.not_enforced", description: "Requests let through because Enforce is off, by the status they would have got.");
    }

    /// <param name="read">Null while there is nothing to show.</param>
    public void Show(string name, string unit, string description, Func<double?> read) =>
        meter.CreateObservableGauge(name, () => read() is { } value ? [new Measurement<double>(value)] : Array.Empty<Measurement<double>>(), unit, description);

    public void Verified(TokenFault result) => verifications.Add(1, new KeyValuePair<string, object?>("result", Results[(int)result]));

    public void KeysFetched(string outcome) => keyFetches.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void ListRead(string outcome) => lists.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void ApiKeyChecked(string result) => apiKeys.Add(1, new KeyValuePair<string, object?>("result", result));

    public void NotEnforced(int status) => notEnforced.Add(1, new KeyValuePair<string, object?>("status", status));

    public void Dispose() => meter.Dispose();

    private static string Snake(string name) =>
        string.Concat(name.Select((c, at) => char.IsUpper(c) && at > 0 ? $"_{char.ToLowerInvariant(c)}" : char.ToLowerInvariant(c).ToString()));
}

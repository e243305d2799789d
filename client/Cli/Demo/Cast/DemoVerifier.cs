using Tumbler.Cli.Demo.Tally;
using Tumbler.Client;

namespace Tumbler.Cli.Demo.Cast;

/// <summary>The SDK without a web server around it.</summary>
internal sealed class DemoVerifier(TumblerOptions options, TimeProvider clock) : IParty, IAsyncDisposable
{
    private readonly TumblerTokens tokens = new(options, clock);

    public Party Party => Party.Verifier;

    public Task Start(CancellationToken stop) => tokens.StartAsync(stop);

    public async Task<bool?> Accepts(string token, CancellationToken stop)
    {
        var result = await tokens.VerifyAsync(token, stop: stop);
        return result.IsUnavailable ? null : result.IsValid;
    }

    public ValueTask DisposeAsync() => tokens.DisposeAsync();
}

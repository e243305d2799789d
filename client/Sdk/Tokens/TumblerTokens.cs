using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Tumbler.Client;

/// <summary>Verifies access tokens of one issuer: fetches and keeps its keys, follows its revocations. One for the whole process, used by
/// any number of threads.</summary>
/// <example>
/// <code>
/// await using var tokens = new TumblerTokens(new TumblerOptions { Issuer = "https://tokens.example", Audience = { "https://orders.example" } });
/// var result = await tokens.VerifyAsync(token);
/// if (result.IsValid)
///     Console.WriteLine(result.Token.Subject);
/// else
///     Console.WriteLine(result.Fault);
/// </code>
/// </example>
public sealed class TumblerTokens : IAsyncDisposable
{
    /// <summary>Checks the options and begins nothing yet: keys are fetched when <see cref="StartAsync"/> is called or the first token comes.</summary>
    /// <param name="options">Not to be changed any more.</param>
    /// <param name="clock">By which tokens are in force; the system's when null.</param>
    /// <param name="log">Where problems are told. Never has a token or a key in it.</param>
    /// <exception cref="TumblerSettingsException">The options are wrong.</exception>
    public TumblerTokens(TumblerOptions options, TimeProvider? clock = null, ILoggerFactory? log = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        throw new NotSupportedException();
    }

    /// <summary>Begins to fetch keys and to follow revocations in the background. Does not wait for the issuer: it may be away.</summary>
    public Task StartAsync(CancellationToken stop = default) => throw new NotSupportedException();

    /// <summary>Says whether a token is good. Waits only when there are no keys yet, or none with the token's <c>kid</c>.</summary>
    /// <param name="token">As it stands behind <c>Bearer</c>.</param>
    /// <param name="certificate">The client certificate of the connection on which the token came, for tokens that are bound to one.</param>
    /// <param name="stop">Ends the waiting.</param>
    public ValueTask<TokenResult> VerifyAsync(string token, X509Certificate2? certificate = null, CancellationToken stop = default) =>
        throw new NotSupportedException();

    /// <summary>Stops what runs in the background.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

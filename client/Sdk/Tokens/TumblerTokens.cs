using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Client.Keys;
using Tumbler.Client.Net;
using Tumbler.Client.Options;
using Tumbler.Client.Revocations;
using Tumbler.Client.Telemetry;
using Tumbler.Client.Tokens;

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
public sealed class TumblerTokens : IAsyncDisposable, IDisposable
{
    /// <summary>For keys, metadata and lists; the whole answer has to be there by then. Machine time.</summary>
    internal static readonly TimeSpan FetchLimit = TimeSpan.FromSeconds(10);

    // No keys, then no list yet, then an unknown kid: each has one wait.
    private const int MostWaits = 3;

    private readonly TimeProvider clock, machineClock;
    private readonly Expectations expected;
    private readonly KeyCache keys;
    private readonly KillListAddress address;
    private readonly LiveKillList live;
    private readonly RevocationFollower follower;
    private readonly ClientMetrics metrics = new();
    private readonly HttpMessageInvoker http = DocumentFetch.NewClient();
    private readonly CancellationTokenSource ending = new();
    private readonly CancellationToken stopping;
    private Task? running;
    private int started, ended;

    /// <summary>Checks the options and begins nothing yet: keys are fetched when <see cref="StartAsync"/> is called or the first token comes.</summary>
    /// <param name="options">Not to be changed any more.</param>
    /// <param name="clock">By which tokens are in force; the system's when null.</param>
    /// <param name="log">Where problems are told. Never has a token or a key in it.</param>
    /// <exception cref="TumblerSettingsException">The options are wrong.</exception>
    public TumblerTokens(TumblerOptions options, TimeProvider? clock = null, ILoggerFactory? log = null)
        : this(options, clock ?? TimeProvider.System, TimeProvider.System, FetchLimit, log ?? NullLoggerFactory.Instance)
    {
    }

    internal TumblerTokens(TumblerOptions options, TimeProvider clock, TimeProvider machineClock, TimeSpan fetchLimit, ILoggerFactory log)
    {
        ArgumentNullException.ThrowIfNull(options);
        var errors = new List<string>();
        new SettingsCheck(options, nameof(TumblerOptions), errors).Run();
        if (!options.Mode.HasFlag(TumblerModes.Jwt))
            errors.Add($"{nameof(TumblerOptions)}:{nameof(options.Mode)}: must have jwt where tokens are verified.");
        if (errors.Count > 0)
            throw new TumblerSettingsException(errors);

        (this.clock, this.machineClock, expected, stopping) = (clock, machineClock, new Expectations(options), ending.Token);
        var fetch = new DocumentFetch(http, options.AllowHttp, fetchLimit, TimeProvider.System);
        var fallback = options.PemFile is { } file ? new KeySet(PemKeys.Read(file)) : null;
        keys = new KeyCache(options, new KeyFetch(options, fetch), fallback, clock, machineClock, metrics, log.CreateLogger(typeof(KeyCache).FullName!), stopping);
        address = new KillListAddress(options, keys);
        live = new LiveKillList(expected, options.RevocationsStaleLimit, keys, clock, machineClock);
        follower = new RevocationFollower(
            options, address, live, keys, fetch, http, clock, machineClock, metrics, log.CreateLogger(typeof(RevocationFollower).FullName!));
        metrics.Show("tumbler.client.keys.age", "s", "Since the issuer confirmed its keys.", () => keys.Age(clock.GetUtcNow())?.TotalSeconds);
        metrics.Show("tumbler.client.revocations.age", "s", "Since a kill list came.", () => live.Age(clock.GetUtcNow())?.TotalSeconds);
        metrics.Show("tumbler.client.revocations.entries", "{entry}", "What is on the kill list.", () => live.Last?.Count);
    }

    /// <summary>Begins to fetch keys and to follow revocations in the background. Does not wait for the issuer: it may be away.</summary>
    public Task StartAsync(CancellationToken stop = default)
    {
        if (Interlocked.Exchange(ref started, 1) == 0)
            running = Task.WhenAll(Ended(keys.Run), Ended(() => follower.Run(stopping)));
        return Task.CompletedTask;
    }

    /// <summary>Says whether a token is good. Waits only when there are no keys yet, or none with the token's <c>kid</c>.</summary>
    /// <param name="token">As it stands behind <c>Bearer</c>.</param>
    /// <param name="certificate">The client certificate of the connection on which the token came, for tokens that are bound to one.</param>
    /// <param name="stop">Ends the waiting.</param>
    public ValueTask<TokenResult> VerifyAsync(string token, X509Certificate2? certificate = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var result = Look(token, certificate);
        if (result.IsUnavailable || result.Fault == TokenFault.UnknownKey)
            return Wait(token, certificate, result, stop);
        metrics.Verified(result.Fault);
        return new(result);
    }

    /// <summary>Stops what runs in the background, and waits until it has.</summary>
    public async ValueTask DisposeAsync()
    {
        Dispose();
        if (running is not null)
            await running;
        live.Dispose();
    }

    /// <summary>Stops what runs in the background.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref ended, 1) != 0)
            return;
        ending.Cancel();
        ending.Dispose();
        metrics.Dispose();
        http.Dispose();
    }

    private TokenResult Look(string token, X509Certificate2? certificate)
    {
        var now = clock.GetUtcNow();
        if (keys.Current(now) is not { } set)
            return TokenResult.Of(TokenFault.KeysUnavailable);
        if (!address.IsFollowed)
            return TokenVerifier.Verify(token, set, revocations: null, expected, now, certificate);
        if (live.Current(now) is { } list)
            return TokenVerifier.Verify(token, set, list, expected, now, certificate);

        // A bad token is one in any case.
        var result = TokenVerifier.Verify(token, set, revocations: null, expected, now, certificate);
        return result.IsValid ? TokenResult.Of(TokenFault.RevocationsUnavailable) : result;
    }

    private async ValueTask<TokenResult> Wait(string token, X509Certificate2? certificate, TokenResult result, CancellationToken stop)
    {
        var since = machineClock.GetTimestamp();
        await StartAsync(stop);
        for (var waits = 0; waits < MostWaits; waits++)
        {
            var before = result.Fault;
            if (before == TokenFault.KeysUnavailable)
                await keys.Fetch(FetchReason.NoKeys).WaitAsync(stop);
            else if (before == TokenFault.RevocationsUnavailable)
                await follower.Tried.WaitAsync(stop);
            else if (before == TokenFault.UnknownKey)
                await keys.Fetch(FetchReason.UnknownKid, since).WaitAsync(stop);
            else
                break;
            result = Look(token, certificate);
            if (result.Fault == before)
                break;
        }

        metrics.Verified(result.Fault);
        return result;
    }

    private async Task Ended(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException) when (ended != 0)
        {
            // That is how it ends.
        }
    }
}

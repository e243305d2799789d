using System.Security.Cryptography.X509Certificates;
using Tumbler.Silo.Configuration;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Secrets;

/// <summary>What the secret manager has said of the secrets that the settings name. While it is away, what it said last holds. For one
/// caller at a time.</summary>
public sealed partial class ManagedSecrets : IDisposable
{
    /// <summary>After the first failure; twice as long after each further one, up to the usual time between two readings.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    private static readonly SecretAnswer NoManager = new(null, $"needs {VaultOptions.AddressSetting}");

    /// <summary>The list has what is wrong with it.</summary>
    private static readonly SecretAnswer Silent = new(null, null);

    private readonly ISecretManager? manager;
    private readonly TimeSpan every;
    private readonly TimeProvider clock;
    private readonly SecretAnswer otherwise;
    private readonly Dictionary<SecretAddress, SecretAnswer> answers = [];
    private DateTimeOffset due;
    private TimeSpan pause = FirstPause;
    private string? complaint;

    private ManagedSecrets(ISecretManager? manager, TimeSpan every, TimeProvider clock, SecretAnswer otherwise) =>
        (this.manager, this.every, this.clock, this.otherwise) = (manager, every, clock, otherwise);

    public ManagedSecrets(ISecretManager manager, TimeSpan every, TimeProvider clock) : this(manager, every, clock, Silent) { }

    public static ManagedSecrets None { get; } = new(null, TimeSpan.Zero, TimeProvider.System, NoManager);

    /// <summary>When <see cref="Look"/> has something to do, as far as is known.</summary>
    public DateTimeOffset DueAt => manager is null ? DateTimeOffset.MaxValue : due < manager.KeepAliveAt ? due : manager.KeepAliveAt;

    /// <param name="isGiven">Whether the settings name one at all; then no options are options that are wrong.</param>
    internal static ManagedSecrets Of(VaultOptions? options, bool isGiven, TimeProvider clock)
    {
        if (options is null)
            return isGiven ? new ManagedSecrets(null, TimeSpan.Zero, clock, Silent) : None;
        X509Certificate2Collection? authorities = null;
        if (options.Authorities is { } path && !SiloCertificateFiles.TryLoadAuthorities(path, out authorities, out var problem))
            return new ManagedSecrets(null, TimeSpan.Zero, clock, new SecretAnswer(null, $"{VaultOptions.AuthoritiesSetting}: {problem}"));
        return new ManagedSecrets(new Vault(options, new VaultClient(options.Address, options.Namespace, authorities), clock), options.RefreshEvery, clock);
    }

    public SecretAnswer Answer(SecretAddress address) => answers.GetValueOrDefault(address, otherwise);

    /// <summary>Asks for those that were not asked for before, and forgets what is not among them.</summary>
    public async Task Fetch(IReadOnlySet<SecretAddress> addresses, CancellationToken stop)
    {
        if (manager is null)
            return;
        foreach (var gone in answers.Keys.Where(known => !addresses.Contains(known)).ToArray())
            answers.Remove(gone);
        if (answers.Count == 0)
            due = clock.GetUtcNow() + every;
        await Ask([.. addresses.Where(address => !answers.ContainsKey(address))], stop);
    }

    /// <summary>Renews and reads again what it is time for.</summary>
    /// <param name="now">Whatever the time.</param>
    public async Task Look(bool now, ILogger log, CancellationToken stop)
    {
        if (manager is null || answers.Count == 0)
            return;
        var problem = await manager.KeepAlive(stop);
        if (now || clock.GetUtcNow() >= due)
        {
            problem = await Ask([.. answers.Keys], stop) ?? problem;
            due = clock.GetUtcNow() + (problem is null ? every : pause);
            pause = problem is null ? FirstPause : pause * 2 < every ? pause * 2 : every;
        }
        else if (complaint is not null)
        {
            // Nothing was asked: nothing is known to be better.
            problem ??= complaint;
        }

        if (problem is null && complaint is not null)
            LogBack(log);
        else if (problem is not null && complaint is null)
            LogAway(log, problem);
        complaint = problem;
    }

    public void Dispose() => manager?.Dispose();

    private async Task<string?> Ask(IReadOnlyList<SecretAddress> addresses, CancellationToken stop)
    {
        string? problem = null;
        SecretAnswer? away = null;
        foreach (var address in addresses)
        {
            // One that does not answer is not asked for the others too: each question has a patience of its own.
            var answer = away ?? await manager!.Read(address, stop);
            problem ??= answer.Problem;
            away ??= answer.MayPass ? answer : null;
            if (answer.Value is not null || !answers.TryGetValue(address, out var known) || known.Value is null)
                answers[address] = answer;
        }

        return problem;
    }

    [LoggerMessage(LogLevel.Error, "The secret manager: {Problem}. The silo goes on with the secrets it has and keeps asking.")]
    private static partial void LogAway(ILogger log, string problem);

    [LoggerMessage(LogLevel.Information, "The secret manager answers again.")]
    private static partial void LogBack(ILogger log);
}

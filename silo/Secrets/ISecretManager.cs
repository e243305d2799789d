namespace Tumbler.Silo.Secrets;

/// <summary>A service that keeps secrets, asked over the network. Called by one caller at a time.</summary>
public interface ISecretManager : IDisposable
{
    /// <summary>Never throws but for <paramref name="stop"/>: a service that does not answer is an answer.</summary>
    Task<SecretAnswer> Read(SecretAddress address, CancellationToken stop);

    /// <summary>Keeps the right to ask, where it runs out.</summary>
    /// <returns>What is wrong with it, or null.</returns>
    Task<string?> KeepAlive(CancellationToken stop);

    /// <summary>When to call <see cref="KeepAlive"/> next, by the clock it was made with.</summary>
    DateTimeOffset KeepAliveAt { get; }
}

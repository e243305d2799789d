using System.Security.Cryptography;

namespace Tumbler.Cli.Secrets;

/// <summary>A kind of secret that the product takes, and how one is drawn. All have 256 bits of the system's random numbers.</summary>
/// <param name="Name">As the command has it.</param>
/// <param name="Use">What it is for: a setting's name, mostly.</param>
internal sealed record SecretKind(string Name, string Use, Func<string> Draw)
{
    /// <summary>No sign that a shell, a connection string or a double click would stumble over.</summary>
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>62^43 is more than 2^256.</summary>
    private const int WordLength = 43;

    private const int KeyBytes = 32;

    public static IReadOnlyList<SecretKind> All { get; } =
    [
        new("admin-key", "Admin:Key, what administrators send as X-Admin-Key", Word),
        new("metrics-token", "Telemetry:MetricsToken, what a scraper sends as a bearer token", Word),
        new("audit-key", "Audit:Key, which keys the MACs of audit entries", Key),
        new("hash-key", "ApiKeys:HashKey, which keys the hashes of API keys", Key),
        new("password", "the password of a certificate's file, of a role in PostgreSQL, of Redis", Word),
    ];

    private static string Word() => RandomNumberGenerator.GetString(Letters, WordLength);

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes));
}

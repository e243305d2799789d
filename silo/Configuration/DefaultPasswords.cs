using System.Collections.Frozen;
using System.Data.Common;

namespace Tumbler.Silo.Configuration;

/// <summary>Passwords that somebody meant to change, in connection strings.</summary>
internal static class DefaultPasswords
{
    public const string Complaint = "has a password that everybody tries first, which production refuses; give the user one of its own";

    private static readonly FrozenSet<string> Known = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "postgres", "postgresql", "redis", "tumbler", "password", "passw0rd", "admin", "administrator", "root", "default", "guest", "test", "example",
        "secret", "changeme", "change-me", "change_me", "letmein", "qwerty", "123456", "12345678", "123456789", "1234567890");

    /// <returns>What is wrong, or null.</returns>
    public static string? OfPostgres(string connection)
    {
        var parts = new DbConnectionStringBuilder();
        try
        {
            parts.ConnectionString = connection;
        }
        catch (ArgumentException)
        {
            // Whoever connects says so.
            return null;
        }

        return IsDefault(Any("password", "pwd", "psw"), Any("username", "user name", "userid", "user id", "uid")) ? Complaint : null;

        string? Any(params string[] names) => names.Select(name => parts.TryGetValue(name, out var value) ? value as string : null).FirstOrDefault(value => value is not null);
    }

    /// <summary>Redis lets everybody in who gives no password, unless it is told otherwise.</summary>
    /// <returns>What is wrong, or null.</returns>
    public static string? OfRedis(string connection)
    {
        var parts = connection.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var password = Option(parts, "password");
        if (password is null && parts.Where(part => !part.Contains('=', StringComparison.Ordinal)).Any(endpoint => !HostNames.IsLoopback(Host(endpoint))))
            return "has no password for a Redis on another machine, which production refuses";
        return IsDefault(password, Option(parts, "user")) ? Complaint : null;
    }

    private static bool IsDefault(string? password, string? user) =>
        password is not null && (Known.Contains(password) || password.Equals(user, StringComparison.OrdinalIgnoreCase));

    private static string? Option(string[] parts, string name) => parts
        .FirstOrDefault(part => part.StartsWith($"{name}=", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..] is { Length: > 0 } value ? value : null;

    private static string Host(string endpoint) =>
        endpoint.StartsWith('[') ? endpoint[1..Math.Max(1, endpoint.IndexOf(']', StringComparison.Ordinal))]
        : endpoint.Count(':') == 1 ? endpoint[..endpoint.IndexOf(':', StringComparison.Ordinal)]
        : endpoint;
}

using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Npgsql;

namespace Tumbler.Storage.Postgres;

/// <summary>The pool of connections that a connection string asks for, with what this store insists on.</summary>
internal static class Connections
{
    /// <summary>The statements of a store are few and always the same (<see cref="SaveStatements"/>); the server reads and
    /// plans each once per connection.</summary>
    private const int PreparedStatements = 64;

    /// <summary>What the network may take beyond the server's own time-out, before this side gives up.</summary>
    private const int NetworkSeconds = 5;

    /// <param name="problem">Without any part of the string: a password with a semicolon in it looks like a setting.</param>
    public static bool TryCreate(
        string connectionString,
        PostgresOptions options,
        [NotNullWhen(true)] out NpgsqlDataSource? source,
        [NotNullWhen(false)] out string? problem)
    {
        (source, problem) = (null, null);
        try
        {
            var settings = new NpgsqlConnectionStringBuilder(connectionString);
            if (string.IsNullOrWhiteSpace(settings.Host) || string.IsNullOrWhiteSpace(settings.Database) || string.IsNullOrWhiteSpace(settings.Username))
            {
                problem = "names no Host, Database or Username";
                return false;
            }

            // As a start-up option, because what is SET would be gone when the connection goes back to the pool.
            var timeout = string.Create(
                CultureInfo.InvariantCulture, $"-c statement_timeout={(long)options.StatementTimeout.TotalMilliseconds}");
            settings.Options = $"{settings.Options} {timeout}".TrimStart();
            settings.CommandTimeout = (int)Math.Ceiling(options.StatementTimeout.TotalSeconds) + NetworkSeconds;
            settings.MaxAutoPrepare = PreparedStatements;
            settings.AutoPrepareMinUsages = 2;

            // No statement of ours leaves anything behind in its session, and resetting it is six commands before each one.
            settings.NoResetOnClose = true;
            settings.PersistSecurityInfo = false;
            settings.IncludeErrorDetail = false;
            settings.ApplicationName ??= "tumbler";

            // Npgsql would try Kerberos before anything else for each connection, with an exception each time where its library is not
            // there, as in most images. Who wants it says Require.
            if (settings.GssEncryptionMode == GssEncryptionMode.Prefer)
                settings.GssEncryptionMode = GssEncryptionMode.Disable;
            source = new NpgsqlDataSourceBuilder(settings.ConnectionString).Build();
            return true;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or NotSupportedException)
        {
            problem = "is no connection string; it is name=value pairs, such as Host=db;Database=tumbler;Username=tumbler;Password=…, "
                + "a value with a semicolon in double quotes";
            return false;
        }
    }
}

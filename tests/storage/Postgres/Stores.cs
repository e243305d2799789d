using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

internal static class Stores
{
    public static PostgresOptions Options { get; } = new() { Migrate = false, StatementTimeout = TimeSpan.FromSeconds(10) };

    public static PostgresStore Open(string connectionString, PostgresOptions? options = null, ILogger<PostgresStore>? log = null)
    {
        Assert.True(PostgresStore.TryOpen(
            connectionString, options ?? Options, log ?? NullLogger<PostgresStore>.Instance, out var store, out var failure),
            failure?.Message);
        return store;
    }

    /// <summary>Why it does not open.</summary>
    public static string Refusal(string connectionString, bool migrate = false) => Failure(connectionString, migrate).Message;

    public static PostgresOpenFailure Failure(string connectionString, bool migrate = false)
    {
        Assert.False(PostgresStore.TryOpen(
            connectionString, Options with { Migrate = migrate }, NullLogger<PostgresStore>.Instance, out _, out var failure));
        return failure;
    }
}

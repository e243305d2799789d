using System.Runtime.CompilerServices;
using Npgsql;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Postgres;

/// <summary>What an error of the database means.</summary>
internal static class Faults
{
    /// <summary>Somebody else was first. The transaction is gone, whole.</summary>
    public static bool IsConflict(Exception e) => e is PostgresException
    {
        SqlState: PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected,
    };

    /// <summary>No answer, or one that says that there will be none now: connection lost, time-out, server shutting down,
    /// read-only after a failover, disk full, rights taken away. Not: a value that it can't hold (class 22), such as a text
    /// with a NUL in it. The input rules let none through, so that is a bug, and trying again would not help.</summary>
    public static bool IsUnavailable(Exception e) =>
        e is NpgsqlException and not PostgresException { SqlState: ['2', '2', ..] } or TimeoutException or IOException or ObjectDisposedException
        || e is InvalidOperationException { InnerException: { } inner } && IsUnavailable(inner);

    public static StoreUnavailableException Unavailable(Exception e) => new("PostgreSQL does not answer.", e);

    /// <exception cref="StoreUnavailableException"/>
    public static async ValueTask<T> Read<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (IsUnavailable(e))
        {
            throw Unavailable(e);
        }
    }

    /// <exception cref="StoreUnavailableException"/>
    public static async IAsyncEnumerable<T> Read<T>(IAsyncEnumerable<T> rows, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var each = rows.GetAsyncEnumerator(stop);
        while (await Read(async () => await each.MoveNextAsync()))
            yield return each.Current;
    }
}

using Npgsql;

namespace Tumbler.Storage.Postgres;

/// <summary>Keeps a second process off a database while the engine is the single one: nobody would tell it what the first
/// one revokes. The lock belongs to a session of the server, which ends when its holder dies, however it dies. A holder
/// that only loses its connection goes on: this guards starts, not partitions.</summary>
internal sealed class SoleServer : IDisposable
{
    // Any number that means this to every version of the product.
    private const long Lock = 0x74_75_6d_62_6c_65_72;

    /// <summary>As long as a server may take to notice that a killed predecessor is gone.</summary>
    private const string Patience = "5s";

    private readonly NpgsqlConnection session;

    private SoleServer(NpgsqlConnection session) => this.session = session;

    /// <summary>Null when another process serves the database.</summary>
    /// <exception cref="NpgsqlException"/>
    public static SoleServer? TryTake(NpgsqlDataSource database)
    {
        var session = database.OpenConnection();
        try
        {
            using var batch = new NpgsqlBatch(session)
            {
                BatchCommands = { new($"SET lock_timeout = '{Patience}'"), new($"SELECT pg_advisory_lock({Lock})") },
            };
            batch.ExecuteNonQuery();
            return new SoleServer(session);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            session.Dispose();
            return null;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The session goes back to its pool as it is; the lock is free when the pool is closed.</summary>
    public void Dispose() => session.Dispose();
}

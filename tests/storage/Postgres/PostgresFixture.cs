using Npgsql;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>A database of a test's own, and a store on it that gets to it through a proxy, as the runtime's role.</summary>
internal sealed class PostgresFixture : IDisposable
{
    private readonly PrivatePostgres server;
    private readonly Lazy<PostgresStore> owners;
    private PostgresStore store;

    public PostgresFixture(PrivatePostgres server)
    {
        this.server = server;
        Database = server.NewMigratedDatabase();
        Proxy = new CuttingProxy(server.Port);
        store = Open();
        owners = new Lazy<PostgresStore>(() => Open(PrivatePostgres.Owner));
    }

    public string Database { get; }

    public CuttingProxy Proxy { get; }

    public PostgresStore Store => store;

    /// <summary>As the role that owns the tables.</summary>
    public PostgresStore OwnersStore => owners.Value;

    public void Restart()
    {
        store.Dispose();
        store = Open();
    }

    public void Dispose()
    {
        store.Dispose();
        if (owners.IsValueCreated)
            owners.Value.Dispose();
        Proxy.Dispose();
    }

    private PostgresStore Open(string user = PrivatePostgres.Runtime) => Stores.Open(
        new NpgsqlConnectionStringBuilder(server.ConnectionString(user, Database)) { Port = Proxy.Port }.ConnectionString);
}

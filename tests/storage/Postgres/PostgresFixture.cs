using Npgsql;
using Tumbler.Storage.Postgres;

namespace Tumbler.Storage.Tests.Postgres;

/// <summary>A database of a test's own, and a store on it that gets to it through a proxy, as the runtime's role.</summary>
internal sealed class PostgresFixture : IDisposable
{
    private readonly PrivatePostgres server;
    private PostgresStore store;

    public PostgresFixture(PrivatePostgres server)
    {
        this.server = server;
        Database = server.NewMigratedDatabase();
        Proxy = new CuttingProxy(server.Port);
        store = Open();
    }

    public string Database { get; }

    public CuttingProxy Proxy { get; }

    public PostgresStore Store => store;

    public void Restart()
    {
        store.Dispose();
        store = Open();
    }

    public void Dispose()
    {
        store.Dispose();
        Proxy.Dispose();
    }

    private PostgresStore Open() => Stores.Open(
        new NpgsqlConnectionStringBuilder(server.ConnectionString(PrivatePostgres.Runtime, Database)) { Port = Proxy.Port }.ConnectionString);
}

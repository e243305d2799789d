using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests.Postgres;

public sealed class PostgresAuditPruningTests(PrivatePostgres server) : AuditPruningContract, IDisposable
{
    private readonly PostgresFixture fixture = new(server);

    protected override IStore Store => fixture.Store;

    protected override IStore Pruner => fixture.OwnersStore;

    public void Dispose() => fixture.Dispose();

    protected override void Restart() => fixture.Restart();

    protected override void FailNextSave(Fault fault) => fixture.Proxy.Next = fault;
}

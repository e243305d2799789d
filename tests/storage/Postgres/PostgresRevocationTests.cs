using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests.Postgres;

public sealed class PostgresRevocationTests(PrivatePostgres server) : RevocationContract, IDisposable
{
    private readonly PostgresFixture fixture = new(server);

    protected override IStore Store => fixture.Store;

    public void Dispose() => fixture.Dispose();

    protected override void Restart() => fixture.Restart();

    protected override void FailNextSave(Fault fault) => fixture.Proxy.Next = fault;
}

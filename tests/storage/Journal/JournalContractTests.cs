using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests.Journal;

public sealed class JournalContractTests : StoreContract, IDisposable
{
    private readonly JournalFixture fixture = new();

    protected override IStore Store => fixture.Journal;

    public void Dispose() => fixture.Dispose();

    protected override void Restart() => fixture.Restart();

    protected override void FailNextSave(Fault fault)
    {
        _ = fixture.Journal;
        fixture.Device!.Next = fault;
    }
}

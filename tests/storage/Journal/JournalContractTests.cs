using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests.Journal;

public sealed class JournalContractTests : StoreContract, IDisposable
{
    private readonly JournalFixture fixture = new();

    public JournalContractTests() => fixture.Open();

    protected override IStore Store => fixture.Journal;

    public void Dispose() => fixture.Dispose();

    protected override void Restart() => fixture.Restart();

    protected override void FailNextSave(Fault fault) => fixture.Device!.Next = fault;
}

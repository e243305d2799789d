using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests.Journal;

public sealed class JournalRevocationTests : RevocationContract, IDisposable
{
    private readonly JournalFixture fixture = new();

    public JournalRevocationTests() => fixture.Open();

    protected override IStore Store => fixture.Journal;

    public void Dispose() => fixture.Dispose();

    protected override void Restart() => fixture.Restart();

    protected override void FailNextSave(Fault fault) => fixture.Device!.Next = fault;
}

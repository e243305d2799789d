using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests.Journal;

public sealed class JournalAuditViewTests : AuditViewContract, IDisposable
{
    private readonly JournalFixture fixture = new();

    public JournalAuditViewTests() => fixture.Open();

    protected override IStore Store => fixture.Journal;

    public void Dispose() => fixture.Dispose();

    protected override void Restart() => fixture.Restart();

    protected override void FailNextSave(Fault fault) => fixture.Device!.Next = fault;
}

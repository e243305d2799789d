using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Paging;
using Tumbler.Engine.Store;

namespace Tumbler.Storage.Tests.Journal;

public sealed class JournalAuditPruningTests : AuditPruningContract, IDisposable
{
    private readonly JournalFixture fixture = new();

    public JournalAuditPruningTests() => fixture.Open();

    protected override IStore Store => fixture.Journal;

    protected override IStore Pruner => fixture.Journal;

    public void Dispose() => fixture.Dispose();

    protected override void Restart() => fixture.Restart();

    protected override void FailNextSave(Fault fault) => fixture.Device!.Next = fault;

    [Fact]
    public async Task What_was_pruned_is_gone_from_the_file_once_it_is_opened_again_and_old_cursors_are_refused()
    {
        var history = new History(3);
        using var log = new PrunedLog();
        for (var i = 0; i < 5; i++)
            await history.Save(Store, History.Ring(1));
        var cursor = (await Page(null)).Value!.NextCursor;
        var first = await Store.Audit.Read("ring:ring-1", default).FirstAsync();
        await log.Prune(Pruner, await log.Archive(await log.Export(Store), DateTimeOffset.MaxValue));

        // A crash here leaves the entry in the file, and in no state.
        fixture.Close();
        Assert.Contains(first.Mac, await File.ReadAllTextAsync(fixture.File), StringComparison.Ordinal);
        fixture.Open();

        Assert.DoesNotContain(first.Mac, await File.ReadAllTextAsync(fixture.File), StringComparison.Ordinal);
        Assert.Equal("cursor", (await Page(cursor)).Refusal?.Fields[0].Field);
        Assert.True((await log.Verify(Store)).Valid);
        var bytes = fixture.Bytes();
        fixture.Open();
        Assert.Equal(bytes, fixture.Bytes());

        async Task<Result<Page<AuditEntry>>> Page(string? after) => await Store.Audit.Query(new AuditQuery(Page: new PageRequest(after, 2)), default);
    }
}

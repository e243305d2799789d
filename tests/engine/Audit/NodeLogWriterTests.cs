using Microsoft.Extensions.Logging;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Tests.Store;

namespace Tumbler.Engine.Tests.Audit;

public sealed class NodeLogWriterTests : IDisposable
{
    private readonly Installation installation = new();
    private readonly SecurityEvents events;
    private readonly NodeLogWriter writer;

    public NodeLogWriterTests()
    {
        var node = installation.NewNode();
        (events, writer) = (node.Get<SecurityEvents>(), node.Get<NodeLogWriter>());
    }

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task What_waits_is_written_into_the_node_s_chain()
    {
        events.Record(Turned.Away(requestId: "a"));
        events.Record(Turned.Away(source: 2, requestId: "b"));
        Assert.Equal(2, await writer.Write(CancellationToken.None));
        events.Record(Turned.Away(requestId: "c"));
        Assert.Equal(1, await writer.Write(CancellationToken.None));
        Assert.Equal(0, await writer.Write(CancellationToken.None));

        Assert.Equal([("a", "192.0.2.1"), ("b", "192.0.2.2"), ("c", "192.0.2.1")], (await Entries()).Select(entry => (entry.RequestId, entry.Source)));
        await installation.AssertAuditVerifies();
        Assert.Equal((3, 0), await Totals());
    }

    [Theory]
    [InlineData("DidNotPersist")]
    [InlineData("DidPersist")]
    [InlineData("Conflict")]
    public async Task A_batch_whose_answer_was_lost_is_written_once(string fault)
    {
        events.Record(Turned.Away());
        installation.Store.NodeLogs.Fail(Enum.Parse<Fault>(fault));

        await WriteUntilTaken();

        Assert.Single(await Entries());
        Assert.Equal((1, 0), await Totals());
    }

    [Fact]
    public async Task Nor_twice_when_nobody_can_even_ask_and_another_writes_before_it_is_known()
    {
        var other = installation.NewNode();
        events.Record(Turned.Away(requestId: "ours"));
        installation.Store.NodeLogs.Fail(Fault.DidPersist);
        installation.Store.NodeLogs.BeforeSave = _ =>
        {
            // The load with which the keeper asks what became of it.
            installation.Store.NodeLogs.FailLoads = 1;
            installation.Store.NodeLogs.BeforeSave = _ => Task.CompletedTask;
            return Task.CompletedTask;
        };
        Assert.Null(await writer.Write(CancellationToken.None));
        Assert.Equal(1, writer.Pending);
        other.Get<SecurityEvents>().Record(Turned.Away(requestId: "theirs"));
        Assert.Equal(1, await other.Get<NodeLogWriter>().Write(CancellationToken.None));

        await WriteUntilTaken();

        Assert.Equal(["ours", "theirs"], (await Entries()).Select(entry => entry.RequestId));
        Assert.Equal(0, writer.Pending);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task While_the_store_is_away_events_wait_and_then_all_are_there()
    {
        installation.Store.Away = true;
        for (var i = 0; i < 5; i++)
        {
            events.Record(Turned.Away(i, requestId: $"{i}"));
            Assert.Null(await writer.Write(CancellationToken.None));
        }

        installation.Store.Away = false;
        Assert.Equal(1, await writer.Write(CancellationToken.None));
        Assert.Equal(4, await writer.Write(CancellationToken.None));

        Assert.Equal(["0", "1", "2", "3", "4"], (await Entries()).Select(entry => entry.RequestId));
        Assert.Contains(installation.Log.Lines, line => line.Level == LogLevel.Warning && line.Text.StartsWith("1 security events wait for the audit log", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_was_too_much_is_an_entry_that_says_how_much_and_one_line_in_the_log()
    {
        for (var source = 0; source < SecurityEvents.MostWaiting + 20; source++)
            events.Record(Turned.Away(source));

        Assert.Equal(SecurityEvents.MostWaiting + 1, await writer.Write(CancellationToken.None));

        var last = (await Entries())[^1];
        Assert.Equal(("too_many", "20", "20"), (last.Details["reason"], last.Details["count"], last.Details["unknown_key"]));
        Assert.Equal((SecurityEvents.MostWaiting, 20), await Totals());
        Assert.Single(installation.Log.Lines, line => line.Level == LogLevel.Warning && line.Text.StartsWith("20 security events were too many", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_organization_s_page_of_the_log_shows_what_its_keys_were_turned_away_with()
    {
        var node = installation.NewNode();
        var acme = OrgSlug.Parse("acme");
        events.Record(Turned.Known(1) with { Org = acme });
        events.Record(Turned.Known(2) with { Org = OrgSlug.Parse("other") });
        events.Record(Turned.Away());
        await writer.Write(CancellationToken.None);

        var page = Node.Admitted(await node.AuditLog.Query(new AuditQuery(Org: acme)));

        Assert.Equal("forbidden", Assert.Single(page.Items).Details["reason"]);
    }

    [Fact]
    public async Task A_node_s_chain_is_verified_like_any_other()
    {
        for (var i = 0; i < 3; i++)
            events.Record(Turned.Away(i));
        await writer.Write(CancellationToken.None);
        var cut = new TamperedAudit(installation.Journal.Audit) { Victim = "node:tumbler", Entries = entries => entries.RemoveAt(2) };
        var log = installation.NewAuditLog(new FaultyStore(installation.Journal) { Audit = cut });

        Assert.Equal(("node:tumbler", 3), Node.Admitted(await log.Verify()).FirstFault is { } fault ? (fault.Chain, fault.Seq) : default);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task Settings_that_are_replaced_are_named_and_not_shown()
    {
        Assert.True(await writer.Configured(["Admin:Key", "Protection:Certificates:0:Path"], CancellationToken.None));

        var entry = Assert.Single(await Entries());
        Assert.Equal(
            (Actor.System, AuditAction.Update, AuditResource.Config, "tumbler", AuditStatus.Success, "reload"),
            (entry.Actor, entry.Action, entry.ResourceType, entry.ResourceId, entry.Status, entry.RequestId));
        Assert.Equal(("2", "Admin:Key Protection:Certificates:0:Path"), (entry.Details["count"], entry.Details["settings"]));
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task That_they_are_replaced_is_not_said_while_the_store_is_away()
    {
        installation.Store.Away = true;
        Assert.False(await writer.Configured(["Admin:Key"], CancellationToken.None));
        installation.Store.Away = false;
        Assert.True(await writer.Configured(["Admin:Key"], CancellationToken.None));

        Assert.Single(await Entries());
    }

    private async Task WriteUntilTaken()
    {
        for (var attempt = 0; await writer.Write(CancellationToken.None) is null; attempt++)
            Assert.True(attempt < 3, "The store is there, and still the batch is not taken.");
    }

    private async Task<List<AuditEntry>> Entries() =>
        await installation.Journal.Audit.Read("node:tumbler", CancellationToken.None).ToListAsync();

    private async Task<(long Recorded, long Dropped)> Totals()
    {
        var log = (await installation.Journal.NodeLogs.Load(NodeId.Parse("tumbler"), CancellationToken.None))!.State;
        return (log.Recorded, log.Dropped);
    }
}

using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public class NodeLogDecisionsTests
{
    private static readonly NodeId Node = NodeId.Parse("node-1");

    [Fact]
    public void An_entry_says_what_was_tried_from_where_and_why_it_was_turned_away()
    {
        var happened = Turned.Away(SecurityReason.UnknownKey) with { ClientId = Turned.Id(7) };
        var draft = Assert.Single(Drafts(happened.Once()));

        Assert.Equal(
            (null, AuditAction.Execute, AuditResource.Credential, Turned.Id(7).ToString(), AuditStatus.Failure),
            (draft.Org, draft.Action, draft.ResourceType, draft.ResourceId, draft.Status));
        Assert.Equal(new CallContext(Actor.Anonymous, "q-1", "192.0.2.1"), draft.Cause);
        Assert.Equal(Turned.Now, draft.At);
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["reason"] = "unknown_key", ["route"] = "POST /oauth2/token", ["count"] = "1", ["client_id"] = Turned.Id(7).ToString(),
            },
            draft.Details);
    }

    [Fact]
    public void Who_proved_a_key_is_named_with_its_organisation()
    {
        var happened = Turned.Away(SecurityReason.RevokedKey) with { Key = Turned.Id(1), Org = Turned.Org, ClientId = Turned.Id(2) };
        var draft = Assert.Single(Drafts(happened.Once()));

        Assert.Equal((Turned.Org, Turned.Id(1).ToString()), (draft.Org!.Value, draft.ResourceId));
        Assert.Equal(new Actor(ActorType.ApiKey, Turned.Id(1).ToString()), draft.Cause!.Actor);
        Assert.Equal(Turned.Id(2).ToString(), draft.Details["client_id"]);
    }

    [Theory]
    [InlineData(SecurityReason.WrongAdminKey, "bootstrap")]
    [InlineData(SecurityReason.NoCredential, "-")]
    public void What_names_no_api_key_has_a_resource_all_the_same(SecurityReason reason, string resource) =>
        Assert.Equal(resource, Assert.Single(Drafts(Turned.Away(reason).Once())).ResourceId);

    [Theory]
    [InlineData("198.51.100.7", true)]
    [InlineData("2001:db8::1", true)]
    [InlineData("hunter2", false)]
    [InlineData("fe80::1%hunter2", false)]
    public void A_client_s_address_is_shown_only_when_it_is_one(string address, bool shown)
    {
        var draft = Assert.Single(Drafts((Turned.Away() with { ClientAddress = address }).Once()));
        Assert.Equal(shown ? address : null, draft.Details.GetValueOrDefault("client_address"));
    }

    [Fact]
    public void Many_that_are_alike_are_one_entry_with_their_number_and_their_last_time()
    {
        var draft = Assert.Single(Drafts(new SecurityTally(Turned.Away(), 20_000, Turned.Now.AddSeconds(1))));
        Assert.Equal(("20000", "2026-11-21T09:00:01.000Z"), (draft.Details["count"], draft.Details["last_at"]));
    }

    [Fact]
    public void Entries_stand_in_the_order_in_which_things_happened()
    {
        var drafts = Drafts(
            Turned.Away(requestId: "b", at: Turned.Now.AddSeconds(1)).Once(), Turned.Away(requestId: "a").Once(),
            Turned.Away(requestId: "c", at: Turned.Now.AddSeconds(2)).Once());
        Assert.Equal(["a", "b", "c"], drafts.Select(draft => draft.Cause!.RequestId));
    }

    [Fact]
    public void What_was_dropped_is_an_entry_with_the_number_of_each_kind()
    {
        var batch = Turned.Batch(Turned.Away().Once()) with
        {
            Dropped = new Dictionary<SecurityReason, long> { [SecurityReason.UnknownKey] = 40, [SecurityReason.MalformedKey] = 2 },
        };
        var decision = NodeLogDecisions.Record(null, Node, batch);

        Assert.Equal(2, decision.Answer);
        Assert.Equal(
            new Dictionary<string, string> { ["reason"] = "too_many", ["count"] = "42", ["unknown_key"] = "40", ["malformed_key"] = "2" },
            decision.Audit[1].Details);
        Assert.Equal((1, 42), (decision.Next.Recorded, decision.Next.Dropped));
    }

    [Fact]
    public void A_batch_is_taken_once_however_many_others_came_between()
    {
        NodeLog? log = null;
        for (var number = 0; number < NodeLog.BatchesKept; number++)
            log = NodeLogDecisions.Record(log, Node, Turned.Batch(number, Turned.Away().Once())).Next;

        for (var number = 0; number < NodeLog.BatchesKept; number++)
        {
            var again = NodeLogDecisions.Record(log, Node, Turned.Batch(number, Turned.Away().Once()));
            Assert.Empty(again.Audit);
            Assert.Equal(log, again.Next);
        }

        Assert.Equal(NodeLog.BatchesKept, log!.Recorded);
        Assert.Equal(NodeLog.BatchesKept, NodeLogDecisions.Record(log, Node, Turned.Batch(99, Turned.Away().Once())).Next.Batches.Length);
    }

    [Fact]
    public void Its_chain_is_named_after_the_node() => Assert.Equal("node:node-1", NodeLog.Empty(Node).Chain);

    private static IReadOnlyList<AuditDraft> Drafts(params SecurityTally[] tallies) =>
        NodeLogDecisions.Record(null, Node, Turned.Batch(tallies)).Audit;
}

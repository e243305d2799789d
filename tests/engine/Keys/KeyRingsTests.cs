using System.Collections.Frozen;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Paging;
using Tumbler.Core.Keys;
using Tumbler.Engine.Store;
using Tumbler.Engine.Tests.Store;

namespace Tumbler.Engine.Tests.Keys;

public sealed class KeyRingsTests : IDisposable
{
    private static readonly RingId Orders = RingId.Parse("orders");
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task Establishing_brings_the_default_ring_and_the_configured_ones_into_being()
    {
        var node = await installation.StartNode(Configured((RingId.Default, new("ES256")), (Orders, new("ES384", Interval: "PT48H"))));

        var (standard, orders) = (Node.Admitted(await node.Rings.Get(RingId.Default)), Node.Admitted(await node.Rings.Get(Orders)));

        Assert.Equal((JwsAlgorithm.ES256, "PT24H"), (standard.Policy.Algorithm, standard.Policy.Interval));
        Assert.Equal((JwsAlgorithm.ES384, "PT48H"), (orders.Policy.Algorithm, orders.Policy.Interval));
        Assert.All([standard, orders], ring =>
        {
            Assert.True(ring.Policy.FromConfiguration);
            Assert.Equal(2, ring.Status.ActiveKeys);
            Assert.NotNull(ring.Status.SigningKid);
        });
        Assert.Equal(Installation.Issuer + "/rings/orders", orders.Issuer);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task Without_any_configuration_the_default_ring_signs_RS256_with_2048_bits()
    {
        var node = await installation.StartNode(Configured());

        var ring = Node.Admitted(await node.Rings.Get(RingId.Default));

        Assert.Equal((JwsAlgorithm.RS256, 2048, false), (ring.Policy.Algorithm, ring.Policy.RsaBits, ring.Policy.FromConfiguration));
        Assert.Equal(256, (await installation.Ring(RingId.Default)).Keys[0].PublicKey.Parameters
            .Max(parameter => System.Buffers.Text.Base64Url.DecodeFromChars(parameter.Value).Length));
    }

    [Fact]
    public async Task Establishing_again_changes_nothing()
    {
        await installation.StartNode();
        var before = await installation.Ring(RingId.Default);

        installation.Restart();
        await installation.StartNode();

        Assert.Equal(before.AuditHead, (await installation.Ring(RingId.Default)).AuditHead);
    }

    [Fact]
    public async Task A_ring_whose_configuration_changed_follows_it_with_the_next_key()
    {
        await installation.StartNode(Configured((RingId.Default, new("ES256", Interval: "PT48H"))));
        installation.Restart();

        var node = await installation.StartNode(Configured((RingId.Default, new("ES384"))));

        var ring = Node.Admitted(await node.Rings.Get(RingId.Default));
        Assert.Equal((JwsAlgorithm.ES384, "PT24H"), (ring.Policy.Algorithm, ring.Policy.Interval));
        Assert.All(Node.Admitted(await node.Rings.Keys(RingId.Default)), key => Assert.Equal(JwsAlgorithm.ES256, key.Algorithm));
        Node.Admitted(await node.Rings.RevokeAll(RingId.Default, new WithdrawKey(), Installation.Call()));
        Assert.Equal(JwsAlgorithm.ES384, Node.Admitted(await node.Rings.Keys(RingId.Default))[0].Algorithm);
    }

    [Fact]
    public async Task An_impossible_configuration_is_refused_when_establishing()
    {
        var node = installation.NewNode(Configured((Orders, new(Interval: "PT1M"))));

        Assert.Equal(ErrorCode.InvalidInput, (await node.Rings.Establish()).Refusal?.Code);
        Assert.Null(await installation.Journal.Rings.Load(Orders, CancellationToken.None));
    }

    [Fact]
    public async Task Of_puts_at_the_same_moment_one_says_that_it_made_the_ring_and_says_so_again_when_repeated()
    {
        var node = await installation.StartNode();
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            node.Rings.Put(Orders, new PutRing("ES256"), Installation.Call($"put-{i}"))));
        var created = answers.Select(answer => Node.Admitted(answer).Created).ToArray();
        Assert.Single(created, made => made);

        var again = await node.Rings.Put(Orders, new PutRing("ES256"), Installation.Call($"put-{Array.IndexOf(created, true)}"));
        Assert.True(Node.Admitted(again).Created);
    }

    [Fact]
    public async Task A_configured_ring_cannot_be_changed_by_request()
    {
        var node = await installation.StartNode();

        Assert.Equal(ErrorCode.Conflict, (await node.Rings.Put(RingId.Default, new PutRing("ES512"), Installation.Call())).Refusal?.Code);
        Assert.Equal(JwsAlgorithm.ES256, (await installation.Ring(RingId.Default)).Policy.Algorithm);
    }

    [Fact]
    public async Task Put_creates_a_ring_that_signs_at_once_and_changes_what_is_given()
    {
        var node = installation.NewNode();

        var created = await Put(node, new PutRing("ES256"));
        Assert.Equal(KeyOrigin.Bootstrap, created.Status.LastRotation?.Outcome);
        Assert.Equal(installation.Clock.Now, created.CreatedAt);

        var changed = await Put(node, new PutRing(Interval: "PT36H"));
        Assert.Equal((JwsAlgorithm.ES256, "PT36H"), (changed.Policy.Algorithm, changed.Policy.Interval));
        Assert.Equal(created.Status.SigningKid, changed.Status.SigningKid);
        Assert.Equal([changed], Node.Admitted(await node.Rings.List(new PageRequest())).Items);
    }

    [Fact]
    public async Task Put_refuses_an_impossible_policy_and_makes_no_ring()
    {
        var node = installation.NewNode();

        var refusal = (await node.Rings.Put(Orders, new PutRing("ES256", Interval: "PT24H", Validity: "PT24H", Lead: "PT1H"), Installation.Call())).Refusal;

        Assert.Equal(ErrorCode.InvalidInput, refusal?.Code);
        Assert.Contains("validity", refusal!.Fields.Select(field => field.Field));
        Assert.Equal(ErrorCode.NotFound, (await node.Rings.Get(Orders)).Refusal?.Code);
    }

    [Fact]
    public async Task What_is_unknown_is_not_found_and_nothing_comes_of_it()
    {
        var node = await installation.StartNode();
        var (call, stranger) = (Installation.Call(), new Kid(Chance.Uuid()));
        Refusal?[] refusals =
        [
            (await node.Rings.Get(Orders)).Refusal,
            (await node.Rings.Keys(Orders)).Refusal,
            (await node.Rings.Tick(Orders)).Refusal,
            (await node.Rings.Rotate(Orders, new RotateRing(), call)).Refusal,
            (await node.Rings.Taint(Orders, stranger, new WithdrawKey(), call)).Refusal,
            (await node.Rings.Revoke(Orders, stranger, new WithdrawKey(), call)).Refusal,
            (await node.Rings.RevokeAll(Orders, new WithdrawKey(), call)).Refusal,
            (await node.Rings.Taint(RingId.Default, stranger, new WithdrawKey(), call)).Refusal,
            (await node.Rings.Revoke(RingId.Default, stranger, new WithdrawKey(), call)).Refusal,
        ];

        Assert.All(refusals, refusal => Assert.Equal(ErrorCode.NotFound, refusal?.Code));
        Assert.Equal([RingId.Default], await installation.Journal.Rings.List(null, 10, CancellationToken.None));
        Assert.Null(node.Get<Engine.Keys.RotationFailures>().Of(Orders));
    }

    [Fact]
    public async Task A_wrong_mode_or_an_endless_reason_is_named()
    {
        var node = await installation.StartNode();
        var (call, endless) = (Installation.Call(), new string('x', 201));
        var kid = (await installation.Ring(RingId.Default)).Keys[0].Kid;

        Assert.Equal(["mode", "reason"], Fields(await node.Rings.Rotate(RingId.Default, new RotateRing("gently", endless), call)));
        Assert.Equal(["reason"], Fields(await node.Rings.Taint(RingId.Default, kid, new WithdrawKey(endless), call)));
        Assert.Equal(["reason"], Fields(await node.Rings.Revoke(RingId.Default, kid, new WithdrawKey(endless), call)));
        Assert.Equal(["reason"], Fields(await node.Rings.RevokeAll(RingId.Default, new WithdrawKey(endless), call)));
        Assert.Equal(2, (await installation.Ring(RingId.Default)).LastOrdinal);

        static IEnumerable<string> Fields(Result<RotationAnswer> result) => result.Refusal!.Fields.Select(field => field.Field);
    }

    [Fact]
    public async Task An_immediate_rotation_is_effective_now()
    {
        var node = await installation.StartNode();
        var before = await installation.Ring(RingId.Default);

        var answer = Node.Admitted(await node.Rings.Rotate(RingId.Default, new RotateRing("immediate", "drill"), Installation.Call()));

        Assert.Equal(installation.Clock.Now, answer.EffectiveAt);
        Assert.Equal(before.Keys[1].Kid, answer.Status.SigningKid);
        Assert.Equal((1, KeyOrigin.Immediate), (answer.Status.RotationCount, answer.Status.LastRotation!.Outcome));
        Assert.Equal(3, (await installation.Ring(RingId.Default)).LastOrdinal);
    }

    [Fact]
    public async Task A_graceful_rotation_is_effective_when_it_says_and_not_before()
    {
        var node = await installation.StartNode();
        var before = await installation.Ring(RingId.Default);

        var answer = Node.Admitted(await node.Rings.Rotate(RingId.Default, new RotateRing(), Installation.Call()));

        Assert.Equal(installation.Clock.Now + TimeSpan.FromHours(13), answer.EffectiveAt);
        Assert.Equal(before.Keys[0].Kid, answer.Status.SigningKid);
        installation.Clock.Advance(TimeSpan.FromHours(13) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(before.Keys[0].Kid, (await Status(node)).SigningKid);
        installation.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(before.Keys[1].Kid, (await Status(node)).SigningKid);
    }

    [Fact]
    public async Task A_tainted_key_stops_signing_and_still_verifies_and_a_revoked_one_does_neither()
    {
        var node = await installation.StartNode();
        var first = (await Status(node)).SigningKid!.Value;

        var tainted = Node.Admitted(await node.Rings.Taint(RingId.Default, first, new WithdrawKey("lost laptop"), Installation.Call()));
        Assert.NotEqual(first, tainted.Status.SigningKid);
        Assert.Contains(first, node.PublishedKids());

        var revoked = Node.Admitted(await node.Rings.Revoke(RingId.Default, first, new WithdrawKey("stolen laptop"), Installation.Call()));
        Assert.Equal(installation.Clock.Now, revoked.EffectiveAt);
        Assert.DoesNotContain(first, node.PublishedKids());
        var view = Node.Admitted(await node.Rings.Keys(RingId.Default)).Single(key => key.Kid == first);
        Assert.Equal((KeyState.Revoked, "stolen laptop", false), (view.State, view.Reason, view.Active));
        Assert.NotNull(view.PrivateKeyDestroyedAt);
    }

    [Fact]
    public async Task Revoking_everything_leaves_a_ring_that_signs_with_new_keys_at_once()
    {
        var node = await installation.StartNode();
        var before = node.PublishedKids();
        var client = await node.NewClient();

        var answer = Node.Admitted(await node.Rings.RevokeAll(RingId.Default, new WithdrawKey("breach"), Installation.Call()));

        Assert.Equal(installation.Clock.Now, answer.EffectiveAt);
        Assert.Empty(before.Intersect(node.PublishedKids()));
        Assert.Equal(answer.Status.SigningKid, node.Verify(await node.Token(client)).Kid);
        await node.Rings.Tick(RingId.Default);
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task A_command_finds_a_ring_that_is_up_to_date_even_after_a_week()
    {
        var node = await installation.StartNode();
        installation.Clock.Advance(TimeSpan.FromDays(7));

        var answer = Node.Admitted(await node.Rings.Rotate(RingId.Default, new RotateRing("immediate"), Installation.Call()));

        Assert.Equal(answer.Status.SigningKid, (await Status(node)).SigningKid);
        var keys = (await installation.Ring(RingId.Default)).Keys;
        Assert.Equal(Enumerable.Range(1, keys.Length), keys.Select(key => (int)key.Ordinal));
        Assert.Equal(KeyOrigin.Immediate, answer.Status.LastRotation!.Outcome);
    }

    [Fact]
    public async Task Ticks_that_find_nothing_due_save_nothing()
    {
        var node = await installation.StartNode();
        var saves = installation.Store.Rings.Saves;

        for (var minute = 0; minute < 100; minute++)
        {
            installation.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.True((await node.Rings.Tick(RingId.Default)).Succeeded);
        }

        Assert.Equal(saves, installation.Store.Rings.Saves);
    }

    [Fact]
    public async Task Private_keys_are_destroyed_once_their_successor_signs()
    {
        var node = await installation.StartNode();

        for (var hour = 0; hour <= 72; hour++, installation.Clock.Advance(Hour))
        {
            Node.Admitted(await node.Rings.Tick(RingId.Default));
            var ring = await installation.Ring(RingId.Default);
            var signer = ring.SignerAt(installation.Clock.Now)!;
            Assert.All(ring.Keys.Where(key => key.Ordinal < signer.Ordinal && installation.Clock.Now > signer.SignsFrom),
                key => Assert.Null(key.PrivateKey));
        }
    }

    [Fact]
    public async Task A_key_that_does_not_come_back_from_the_protector_is_never_saved_and_the_failure_shows()
    {
        var node = await installation.StartNode();
        var before = await installation.Ring(RingId.Default);
        installation.Protector.OnTheWay = _ => before.Keys[0].PrivateKey!;
        installation.Clock.Advance(TimeSpan.FromHours(24));

        var ticked = await node.Rings.Tick(RingId.Default);

        Assert.Equal(ErrorCode.Unavailable, ticked.Refusal?.Code);
        Assert.Equal(before.AuditHead, (await installation.Ring(RingId.Default)).AuditHead);
        Assert.NotNull((await Status(node)).LastFailure);
        Assert.Equal(ErrorCode.Unavailable, (await node.Rings.Put(Orders, new PutRing("ES256"), Installation.Call())).Refusal?.Code);
        Assert.Null(await installation.Journal.Rings.Load(Orders, CancellationToken.None));

        installation.Protector.OnTheWay = key => key;
        Assert.True((await node.Rings.Tick(RingId.Default)).Succeeded);
        Assert.Null((await Status(node)).LastFailure);
        Assert.Equal(before.LastOrdinal + 1, (await installation.Ring(RingId.Default)).LastOrdinal);
    }

    [Fact]
    public async Task A_revocation_waits_for_no_key_to_be_made()
    {
        var node = await installation.StartNode();
        var first = (await Status(node)).SigningKid!.Value;
        using var making = new ManualResetEventSlim();
        installation.Protector.OnTheWay = key =>
        {
            making.Wait(TestContext.Current.CancellationToken);
            return key;
        };

        Node.Admitted(await node.Rings.Revoke(RingId.Default, first, new WithdrawKey("leaked"), Installation.Call())
            .WaitAsync(TimeSpan.FromSeconds(60), TimeProvider.System, TestContext.Current.CancellationToken));
        Assert.Single(node.PublishedKids());

        making.Set();
        await node.Rings.Tick(RingId.Default);
        Assert.Equal(2, node.PublishedKids().Count);
    }

    [Fact]
    public async Task A_key_is_revoked_even_when_no_other_can_be_made()
    {
        var node = await installation.StartNode();
        var (first, second) = ((await installation.Ring(RingId.Default)).Keys[0], (await installation.Ring(RingId.Default)).Keys[1]);
        installation.Protector.OnTheWay = _ => first.PrivateKey!;

        Assert.Equal(ErrorCode.Unavailable, (await node.Rings.Put(Orders, new PutRing("ES256"), Installation.Call())).Refusal?.Code);
        var revoked = await node.Rings.Revoke(RingId.Default, first.Kid, new WithdrawKey("leaked"), Installation.Call());
        Assert.Equal(second.Kid, revoked.Value?.Status.SigningKid);

        // The last one too: nothing signs then, and nothing that a thief signs is believed.
        Assert.True((await node.Rings.RevokeAll(RingId.Default, new WithdrawKey(), Installation.Call())).Succeeded);
        Assert.Null((await Status(node)).SigningKid);
        Assert.Empty((await installation.Ring(RingId.Default)).PublishedAt(installation.Clock.GetUtcNow()));

        installation.Protector.OnTheWay = key => key;
        Assert.NotNull((await node.Rings.Tick(RingId.Default)).Value?.SigningKid);
    }

    [Fact]
    public async Task A_store_that_is_away_makes_a_tick_fail_and_the_failure_shows_until_one_succeeds()
    {
        var node = await installation.StartNode();
        var failures = node.Get<Engine.Keys.RotationFailures>();
        installation.Clock.Advance(TimeSpan.FromHours(24));
        installation.Store.Away = true;

        Assert.Equal(ErrorCode.Unavailable, (await node.Rings.Tick(RingId.Default)).Refusal?.Code);
        await Assert.ThrowsAsync<StoreUnavailableException>(() => node.Rings.Rotate(RingId.Default, new RotateRing(), Installation.Call()));
        Assert.NotNull(failures.Of(RingId.Default));

        installation.Store.Away = false;
        Assert.True((await node.Rings.Tick(RingId.Default)).Succeeded);
        Assert.Null(failures.Of(RingId.Default));
        await installation.AssertAuditVerifies();
    }

    [Theory]
    [InlineData(Fault.DidPersist)]
    [InlineData(Fault.DidNotPersist)]
    [InlineData(Fault.Conflict)]
    public async Task A_tick_whose_save_fails_in_any_way_makes_one_key_in_the_end(object fault)
    {
        var node = await installation.StartNode();
        installation.Clock.Advance(TimeSpan.FromHours(24));
        installation.Store.Rings.Fail((Fault)fault);

        await node.Rings.Tick(RingId.Default);
        Node.Admitted(await node.Rings.Tick(RingId.Default));

        var ring = await installation.Ring(RingId.Default);
        Assert.Equal([1L, 2L, 3L], ring.Keys.Select(key => key.Ordinal));
        Assert.Equal(ring.PublishedAt(installation.Clock.Now).Select(key => key.Kid), node.PublishedKids());
    }

    private static FrozenDictionary<RingId, PutRing> Configured(params (RingId Id, PutRing Request)[] rings) =>
        rings.ToFrozenDictionary(ring => ring.Id, ring => ring.Request);

    private static async Task<RingView> Put(Node node, PutRing request) =>
        Node.Admitted(await node.Rings.Put(Orders, request, Installation.Call())).Ring;

    private static async Task<RingStatus> Status(Node node) => Node.Admitted(await node.Rings.Get(RingId.Default)).Status;
}

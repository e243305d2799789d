using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Core.Idempotency;
using Tumbler.Engine.Idempotency;

namespace Tumbler.Engine.Tests.Idempotency;

public sealed class ReceiptBookTests : IDisposable
{
    private const string IdempotencyKey = "8e03978e-40d5-43dd-bc93-6894a57f9324";

    private static readonly CreateApiKey Create = new("Ünïcode & <co>", ["read", "write"], ["https://api.example"]);

    private readonly Installation installation = new();

    public void Dispose() => installation.Dispose();

    [Fact]
    public async Task The_same_request_under_the_same_key_gets_the_same_answer_byte_for_byte_and_changes_nothing()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();

        var first = await node.ApiKeys.Create(client.Org, Create, Installation.Call(IdempotencyKey));
        var head = (await installation.Organization("acme")).AuditHead;
        installation.Clock.Advance(TimeSpan.FromHours(23));
        var second = await node.ApiKeys.Create(client.Org, Create, Installation.Call(IdempotencyKey));

        Assert.NotSame(first.Value, second.Value);
        Assert.Equal(Json(Node.Admitted(first)), Json(Node.Admitted(second)));
        Assert.Equal(first.Value!.Key, second.Value!.Key);
        Assert.Equal(head, (await installation.Organization("acme")).AuditHead);
        Assert.Equal(2, (await installation.Organization("acme")).ApiKeys.Count);
    }

    [Fact]
    public async Task A_key_for_a_second_attempt_holds_for_a_minute_and_leaves_nothing()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        var brief = Installation.Call(IdempotencyKey) with { KeyIsBrief = true };
        var first = Node.Admitted(await node.ApiKeys.Create(client.Org, Create, brief));

        installation.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(first.Id, Node.Admitted(await node.ApiKeys.Create(client.Org, Create, brief)).Id);
        installation.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.NotEqual(first.Id, Node.Admitted(await node.ApiKeys.Create(client.Org, Create, brief)).Id);

        Assert.Single((await installation.Organization("acme")).Receipts);
    }

    [Fact]
    public async Task A_repetition_is_known_after_a_restart()
    {
        var client = await (await installation.StartNode()).NewClient();
        var first = await (await installation.StartNode()).ApiKeys.Rotate(client.Org, new RotateApiKeys(), Installation.Call(IdempotencyKey));

        installation.Restart();
        var second = await (await installation.StartNode()).ApiKeys.Rotate(client.Org, new RotateApiKeys(), Installation.Call(IdempotencyKey));

        Assert.Equal(JsonSerializer.Serialize(Node.Admitted(first)), JsonSerializer.Serialize(Node.Admitted(second)));
    }

    [Fact]
    public async Task Every_change_can_be_repeated()
    {
        var node = await installation.StartNode();
        var ring = RingId.Parse("orders");
        var (org, call) = (OrgSlug.Parse("acme"), 0);

        await Twice(c => node.Organizations.Create(new CreateOrganization("acme", "Acme", "it@acme.example"), c));
        await Twice(c => node.Organizations.Update(org, new UpdateOrganization("Acme & Co"), c));
        var key = await Twice(c => node.ApiKeys.Create(org, Create, c));
        await Twice(c => node.ApiKeys.Change(org, key.Id, new ChangeApiKey("renamed"), c));
        var rotated = await Twice(c => node.ApiKeys.Rotate(org, new RotateApiKeys("PT10M"), c));
        await Twice(c => node.ApiKeys.Revoke(org, rotated.Id, c));
        await Twice(c => node.Organizations.Delete(org, c));
        await Twice(c => node.Rings.Put(ring, new PutRing("ES256"), c));
        await Twice(c => node.Rings.Rotate(ring, new RotateRing("immediate"), c));
        var kid = (await installation.Ring(ring)).SignerAt(installation.Clock.Now)!.Kid;
        await Twice(c => node.Rings.Taint(ring, kid, new WithdrawKey("lost"), c));
        await Twice(c => node.Rings.Revoke(ring, kid, new WithdrawKey("stolen"), c));
        await Twice(c => node.Rings.RevokeAll(ring, new WithdrawKey(), c));

        async Task<T> Twice<T>(Func<CallContext, Task<Result<T>>> change)
        {
            var context = Installation.Call($"key-{call++}");
            var first = Node.Admitted(await change(context));

            // What a revocation leaves to be made comes right after it.
            await node.Rings.Tick(ring);
            var (entries, second) = (await Entries(), Node.Admitted(await change(context)));
            Assert.Equal(JsonSerializer.Serialize(first), JsonSerializer.Serialize(second));
            Assert.Equal(entries, await Entries());
            return first;
        }

        async Task<long> Entries() => Node.Admitted(await node.AuditLog.Verify()).Entries;
    }

    [Fact]
    public async Task Another_request_under_the_same_key_is_refused()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        Node.Admitted(await node.ApiKeys.Create(client.Org, Create, Installation.Call(IdempotencyKey)));

        Refusal?[] refusals =
        [
            (await node.ApiKeys.Create(client.Org, Create with { Name = "other" }, Installation.Call(IdempotencyKey))).Refusal,
            (await node.ApiKeys.Create(client.Org, Create with { Scopes = ["write", "read"] }, Installation.Call(IdempotencyKey))).Refusal,
            (await node.ApiKeys.Rotate(client.Org, new RotateApiKeys(), Installation.Call(IdempotencyKey))).Refusal,
            (await node.ApiKeys.Revoke(client.Org, client.Id, Installation.Call(IdempotencyKey))).Refusal,
            (await node.Organizations.Delete(client.Org, Installation.Call(IdempotencyKey))).Refusal,
        ];

        Assert.All(refusals, refusal => Assert.Equal(ErrorCode.IdempotencyKeyReused, refusal?.Code));
        Assert.Equal(2, (await installation.Organization("acme")).ApiKeys.Count);
    }

    [Fact]
    public async Task The_same_key_of_another_actor_has_nothing_to_do_with_it()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        Actor[] actors = [Actor.Administrator, new(ActorType.ApiKey, "a"), new(ActorType.ApiKey, "b"), new(ActorType.Administrator, "a")];

        var keys = new List<string>();
        foreach (var actor in actors)
            keys.Add(Node.Admitted(await node.ApiKeys.Create(client.Org, Create, Installation.Call(actor, IdempotencyKey))).Key);

        Assert.Equal(actors.Length, keys.Distinct().Count());
    }

    [Fact]
    public async Task After_a_day_the_key_stands_for_a_new_request()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        var first = Node.Admitted(await node.ApiKeys.Create(client.Org, Create, Installation.Call(IdempotencyKey)));

        installation.Clock.Advance(Receipts.Kept - TimeSpan.FromMilliseconds(1));
        Assert.Equal(first.Key, Node.Admitted(await node.ApiKeys.Create(client.Org, Create, Installation.Call(IdempotencyKey))).Key);
        installation.Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.NotEqual(first.Key, Node.Admitted(await node.ApiKeys.Create(client.Org, Create, Installation.Call(IdempotencyKey))).Key);
    }

    [Fact]
    public async Task A_refused_request_leaves_no_receipt()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();

        Assert.False((await node.ApiKeys.Create(client.Org, new CreateApiKey(""), Installation.Call(IdempotencyKey))).Succeeded);

        Assert.Empty((await installation.Organization("acme")).Receipts);
        Assert.True((await node.ApiKeys.Create(client.Org, Create, Installation.Call(IdempotencyKey))).Succeeded);
    }

    [Fact]
    public async Task The_store_holds_neither_an_idempotency_key_nor_an_api_key_in_any_form()
    {
        var node = await installation.StartNode();
        var client = await node.NewClient();
        var issued = Node.Admitted(await node.ApiKeys.Create(client.Org, Create, Installation.Call(IdempotencyKey)));
        var rotated = Node.Admitted(await node.ApiKeys.Rotate(client.Org, new RotateApiKeys("PT1H"), Installation.Call("rotate-42-please")));

        var text = installation.JournalText();

        Assert.Contains(issued.Fingerprint, text, StringComparison.Ordinal);
        foreach (var secret in (string[])[IdempotencyKey, "rotate-42-please", client.Key, issued.Key, rotated.Key])
            Assert.All(FormsOf(secret), form => Assert.DoesNotContain(form, text, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(issued.Key[^38..], text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sealed_answer_cannot_be_opened_with_anything_else()
    {
        var request = new RepeatableRequest("test", null);
        var (book, call) = (new ReceiptBook(Installation.HashKey), Installation.Call(IdempotencyKey));
        var receipt = Assert.Single(book.Add([], request, View, call, Installation.Start));
        Assert.Equal(View, book.Find<OrganizationView>([receipt], request, call, Installation.Start)!.Value);

        // Somebody who rewrites the store makes it stand under a key that is theirs: the answer still does not open.
        var stranger = Installation.Call(new Actor(ActorType.ApiKey, "stranger"), IdempotencyKey);
        foreach (var (other, with) in (( ReceiptBook, CallContext)[])
            [(book, Installation.Call("another")), (book, stranger), (new ReceiptBook(new byte[32]), call)])
        {
            Assert.Null(other.Find<OrganizationView>([receipt], request, with, Installation.Start));
            var own = Assert.Single(other.Add([], request, View, with, Installation.Start));
            ImmutableArray<Receipt> forged = [own with { SealedAnswer = receipt.SealedAnswer }];
            Assert.ThrowsAny<CryptographicException>(() => other.Find<OrganizationView>(forged, request, with, Installation.Start));
        }
    }

    [Fact]
    public void A_sealed_answer_with_any_byte_changed_does_not_open()
    {
        var request = new RepeatableRequest("test", null);
        var (book, call) = (new ReceiptBook(Installation.HashKey), Installation.Call(IdempotencyKey));
        var receipt = Assert.Single(book.Add([], request, View, call, Installation.Start));
        var bytes = Convert.FromBase64String(receipt.SealedAnswer);

        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 1;
            ImmutableArray<Receipt> damaged = [receipt with { SealedAnswer = Convert.ToBase64String(bytes) }];
            Assert.ThrowsAny<CryptographicException>(() => book.Find<OrganizationView>(damaged, request, call, Installation.Start));
            bytes[i] ^= 1;
        }
    }

    [Fact]
    public void Two_receipts_of_one_answer_have_nothing_in_common()
    {
        var request = new RepeatableRequest("test", null);
        var (book, call) = (new ReceiptBook(Installation.HashKey), Installation.Call(IdempotencyKey));

        var answers = Enumerable.Range(0, 50).Select(_ => Assert.Single(book.Add([], request, View, call, Installation.Start)).SealedAnswer);

        Assert.Equal(50, answers.Distinct().Count());
    }

    [Fact]
    public void Without_an_idempotency_key_nothing_is_kept_or_found()
    {
        var request = new RepeatableRequest("test", null);
        var book = new ReceiptBook(Installation.HashKey);
        var kept = book.Add([], request, View, Installation.Call(IdempotencyKey), Installation.Start);

        Assert.Equal(kept, book.Add(kept, request, View, Installation.Call(), Installation.Start));
        Assert.Null(book.Find<OrganizationView>(kept, request, Installation.Call(), Installation.Start));
    }

    private static OrganizationView View { get; } = new(
        OrgSlug.Parse("acme"), "Acme", "it@acme.example", OrganizationStatus.Suspended, 3, Installation.Start, Installation.Start);

    private static string Json(IssuedApiKey key) => JsonSerializer.Serialize(key);

    /// <summary>As text, in hex, and in base64 at each of the three offsets that it can have in other bytes.</summary>
    private static IEnumerable<string> FormsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Convert.ToHexString(bytes);
        for (var offset = 0; offset < 3; offset++)
        {
            var encoded = Convert.ToBase64String([.. new byte[offset], .. bytes]);
            yield return encoded[4..^4];
            yield return encoded[4..^4].Replace('+', '-').Replace('/', '_');
        }
    }
}

using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Audit;
using Tumbler.Engine.Audit;

namespace Tumbler.Engine.Tests.Tokens;

public sealed class TokenInspectorTests : IAsyncLifetime
{
    private static readonly RequestOrigin Origin = new("request-1", "192.0.2.7", "POST /oauth2/introspect");
    private static readonly CreateApiKey ForApi = new("caller", ["read", "write"], ["https://api.example", "https://b.example"]);

    private readonly Installation installation = new();
    private Node node = null!;
    private Client caller = null!, service = null!, stranger = null!;
    private string token = null!;

    public async ValueTask InitializeAsync()
    {
        node = await installation.StartNode();
        caller = await node.NewClient(key: ForApi);
        service = await node.NewClient("services", new CreateApiKey("api", Audiences: ["https://api.example"]));
        stranger = await node.NewClient("others", new CreateApiKey("other", Audiences: ["https://c.example"]));
        token = await node.Token(caller);
    }

    public ValueTask DisposeAsync()
    {
        installation.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_client_is_told_about_its_own_tokens_and_those_for_an_audience_it_was_granted()
    {
        var claims = node.Verify(token).Claims;
        foreach (var (client, sees) in new (Client?, bool)[] { (caller, true), (service, true), (null, true), (stranger, false) })
        {
            var status = await Status(client, token);
            Assert.Equal(sees, status is not null);
            if (status is not null)
            {
                Assert.Equal(
                    ("read write", caller.Id.ToString(), caller.Id.ToString(), Installation.Issuer, claims.TokenId, "acme"),
                    (status.Scope, status.ClientId, status.Subject, status.Issuer, status.TokenId, status.Organization));
                Assert.Equal(["https://api.example"], status.Audiences);
                Assert.Equal((claims.ExpiresAt, claims.IssuedAt, claims.NotBefore), (status.ExpiresAt, status.IssuedAt, status.NotBefore));
            }
        }
    }

    [Fact]
    public async Task A_token_for_no_audience_in_particular_is_shown_to_its_client_alone()
    {
        var plain = await node.NewClient("plain");
        var issued = await node.Token(plain);

        Assert.NotNull(await Status(plain, issued));
        Assert.Null(await Status(await node.NewClient("plain2"), issued));
    }

    [Fact]
    public async Task Whatever_is_wrong_with_a_token_it_is_inactive()
    {
        var other = RingId.Parse("other");
        Node.Admitted(await node.Rings.Put(other, new PutRing("ES256"), Installation.Call()));
        var foreign = await node.Token(caller, other);
        string[] bad = ["x", "a.b.c", token[..^8] + "AAAAAAAA", foreign, "", new string('x', 20_000), token + "x"];

        foreach (var each in bad)
            Assert.Null(await Status(caller, each));
        installation.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Null(await Status(caller, token));
        Assert.Null(await Status(null, token));
    }

    [Fact]
    public async Task Who_is_no_client_is_told_nothing_and_is_noted()
    {
        var events = node.Get<SecurityEvents>();
        events.Take();
        foreach (var question in (TokenQuestion[])
        [
            Shown(client => client with { ClientSecret = stranger.Key }),
            Shown(client => client with { ClientId = stranger.Id.ToString() }),
            Shown(client => client with { ClientSecret = null }),
            Shown(client => client with { ClientId = "" }),
        ])
        {
            Assert.Equal(OAuthErrorCode.InvalidClient, Error(await node.Get<ITokenInspection>().Introspect(RingId.Default, question)));
            Assert.Equal(
                OAuthErrorCode.InvalidClient, (await node.Get<ITokenInspection>().Revoke(RingId.Default, question, Installation.Call()))!.Error?.Code);
        }

        Assert.Equal(8, events.Take()!.RecordedCount);
        await node.Poll();
        Assert.NotNull(await Status(caller, token));

        TokenQuestion Shown(Func<TokenRequest, TokenRequest> changed)
        {
            var question = Ask(caller, token);
            return question with { Client = changed(question.Client!.Value) };
        }
    }

    [Fact]
    public async Task An_address_that_the_client_may_not_use_is_refused()
    {
        var bound = await node.NewKey("acme", new CreateApiKey("bound", AllowedAddresses: ["198.51.100.0/24"]));

        Assert.Equal(OAuthErrorCode.InvalidClient, Error(await node.Get<ITokenInspection>().Introspect(RingId.Default, Ask(bound, token))));
    }

    [Fact]
    public async Task A_ring_that_does_not_exist_answers_nobody()
    {
        Assert.Null(await node.Get<ITokenInspection>().Introspect(RingId.Parse("nowhere"), Ask(caller, token)));
        Assert.Null(await node.Get<ITokenInspection>().Revoke(RingId.Parse("nowhere"), Ask(caller, token), Installation.Call()));
    }

    [Fact]
    public async Task A_client_revokes_its_token_and_the_log_says_so()
    {
        var kept = await node.Token(caller);
        await Revoke(caller, token);
        await node.Poll();

        Assert.Null(await Status(caller, token));
        Assert.Null(await Status(null, token));
        Assert.NotNull(await Status(caller, kept));
        var entry = (await Entries()).Single();
        Assert.Equal(
            (AuditAction.Revoke, AuditResource.Credential, "acme", ActorType.ApiKey, caller.Id.ToString()),
            (entry.Action, entry.ResourceType, entry.Org, entry.Actor.Type, entry.Actor.Id));
        Assert.DoesNotContain(entry.Details.Values, detail => detail.Contains('.', StringComparison.Ordinal) && token.Contains(detail, StringComparison.Ordinal));
        await installation.AssertAuditVerifies();
    }

    [Fact]
    public async Task A_second_revocation_and_one_of_what_is_over_changes_nothing()
    {
        await Revoke(caller, token);
        await Revoke(caller, token);
        await node.Poll();
        await Revoke(caller, token);
        await Revoke(caller, "no token");
        var late = await node.Token(caller);
        installation.Clock.Advance(TimeSpan.FromMinutes(6));
        await Revoke(caller, late);

        Assert.Single(await Entries());
    }

    [Fact]
    public async Task Nobody_but_an_administrator_revokes_another_s_token()
    {
        node.Get<SecurityEvents>().Take();
        var refused = await node.Get<ITokenInspection>().Revoke(RingId.Default, Ask(service, token), Installation.Call());

        Assert.Equal(OAuthErrorCode.UnauthorizedClient, refused!.Error?.Code);
        Assert.Equal(SecurityReason.Forbidden, Assert.Single(node.Get<SecurityEvents>().Take()!.Tallies).First.Reason);
        await node.Poll();
        Assert.NotNull(await Status(caller, token));

        await Revoke(null, token);
        await node.Poll();
        Assert.Null(await Status(caller, token));
    }

    [Fact]
    public async Task A_save_without_an_answer_is_told_as_what_it_is()
    {
        installation.Store.TokenRevocations.Fail(Store.Fault.DidNotPersist);
        var answer = await node.Get<ITokenInspection>().Revoke(RingId.Default, Ask(caller, token), Installation.Call());
        Assert.Equal(OAuthErrorCode.TemporarilyUnavailable, answer!.Error?.Code);
        Assert.Empty(await Entries());

        installation.Store.TokenRevocations.Fail(Store.Fault.DidPersist);
        await Revoke(caller, token);
        await Revoke(caller, token);
        Assert.Single(await Entries());
    }

    [Fact]
    public async Task Another_node_refuses_after_one_question_what_this_one_has_shut_out()
    {
        var other = await installation.StartNode();
        await other.Token(caller);
        await other.Poll();
        var (key, suspended) = (await node.Token(await node.NewKey("acme", ForApi)), await node.NewClient("closing", ForApi));
        var closed = await node.Token(suspended);
        foreach (var each in (string[])[token, key, closed])
            Assert.NotNull(await Status(null, each, other));

        await Revoke(caller, token);
        Node.Admitted(await node.ApiKeys.Revoke(caller.Org, ApiKeyId.Parse(node.Verify(key).Claims.ClientId), Installation.Call()));
        Node.Admitted(await node.Organizations.Update(suspended.Org, new UpdateOrganization(Status: "suspended"), Installation.Call()));
        var loads = installation.Store.Organizations.Loads;
        await other.Poll();

        foreach (var each in (string[])[token, key, closed])
            Assert.Null(await Status(null, each, other));
        Assert.InRange(installation.Store.Organizations.Loads - loads, 0, 1);

        Node.Admitted(await node.Organizations.Update(suspended.Org, new UpdateOrganization(Status: "active"), Installation.Call()));
        await other.Poll();
        Assert.NotNull(await Status(null, closed, other));
    }

    private static TokenQuestion Ask(Client? client, string token) =>
        new(client is null ? null : new TokenRequest(client.Id.ToString(), client.Key, null, [], Origin), token, Origin);

    private async Task<TokenStatus?> Status(Client? client, string asked, Node? at = null)
    {
        var answer = await (at ?? node).Get<ITokenInspection>().Introspect(RingId.Default, Ask(client, asked));
        Assert.True(answer!.Value.TryGet(out var status, out var error), error?.Description);
        return status;
    }

    private async Task Revoke(Client? client, string asked)
    {
        var call = Installation.Call(client is null ? Actor.Administrator : new Actor(ActorType.ApiKey, client.Id.ToString()));
        var answer = await node.Get<ITokenInspection>().Revoke(RingId.Default, Ask(client, asked), call);
        Assert.Null(answer!.Error);
    }

    private static OAuthErrorCode? Error(TokenStatusAnswer? answer) => answer!.Value.TryGet(out _, out var error) ? null : error.Code;

    private async Task<IReadOnlyList<AuditEntry>> Entries() =>
        await installation.Journal.Audit.Read("tokens:default", CancellationToken.None).ToListAsync();
}

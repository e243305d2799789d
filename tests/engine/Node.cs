using Microsoft.Extensions.DependencyInjection;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Clients;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Protection;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.Tokens;
using Tumbler.Engine.Keys;
using Tumbler.Engine.Readiness;
using Tumbler.Engine.Snapshots;

namespace Tumbler.Engine.Tests;

/// <summary>One process's engine.</summary>
internal sealed class Node(ServiceProvider services, TimeProvider clock) : IDisposable
{
    public KeyRings Rings { get; } = services.GetRequiredService<KeyRings>();

    public IOrganizations Organizations { get; } = services.GetRequiredService<IOrganizations>();

    public IApiKeys ApiKeys { get; } = services.GetRequiredService<IApiKeys>();

    public IClients Clients { get; } = services.GetRequiredService<IClients>();

    public ITokens Tokens { get; } = services.GetRequiredService<ITokens>();

    public IKeyTransfers Transfers { get; } = services.GetRequiredService<IKeyTransfers>();

    public IKeyProtection Protection { get; } = services.GetRequiredService<IKeyProtection>();

    public IAuditLog AuditLog { get; } = services.GetRequiredService<IAuditLog>();

    public IReadiness Readiness { get; } = services.GetRequiredService<IReadiness>();

    public RingSnapshots Snapshots { get; } = services.GetRequiredService<RingSnapshots>();

    public StoreNews News => Get<StoreNews>();

    /// <summary>Hears what other nodes have changed.</summary>
    public Task Poll() => Get<SnapshotPoller>().Poll(CancellationToken.None);

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    /// <summary>Revokes a signing key. The key that comes after its successor is made beside the answer: it is waited for here.</summary>
    public async Task Revoke(RingId ring, Kid kid)
    {
        Admitted(await Rings.Revoke(ring, kid, new WithdrawKey(), Installation.Call()));
        await Rings.Tick(ring);
    }

    /// <summary>A new organisation with one key.</summary>
    public async Task<Client> NewClient(string slug = "acme", CreateApiKey? key = null)
    {
        Admitted(await Organizations.Create(new CreateOrganization(slug, slug, $"it@{slug}.example"), Installation.Call()));
        return await NewKey(slug, key);
    }

    public async Task<Client> NewKey(string slug, CreateApiKey? key = null)
    {
        var org = OrgSlug.Parse(slug);
        var issued = Admitted(await ApiKeys.Create(org, key ?? new CreateApiKey("service"), Installation.Call()));
        return new Client(org, issued.Id, issued.Key);
    }

    public Task<string> Token(Client client, RingId? ring = null) => Token(client.Request(), ring);

    public async Task<string> Token(TokenRequest request, RingId? ring = null)
    {
        var answer = await Tokens.Issue(ring ?? RingId.Default, request);
        OAuthError? error = null;
        Assert.True(answer?.TryGet(out _, out error), error?.Description);
        answer!.Value.TryGet(out var token, out _);
        return token!.AccessToken;
    }

    public async Task<OAuthErrorCode?> TokenError(TokenRequest request, RingId? ring = null) =>
        (await Tokens.Issue(ring ?? RingId.Default, request))!.Value.TryGet(out _, out var error) ? null : error.Code;

    public PublishedDocument Jwks(RingId? ring = null)
    {
        Assert.True(Snapshots.TryGet(ring ?? RingId.Default, out var snapshot));
        return snapshot.At(clock.Now()).Documents.Jwks;
    }

    public IReadOnlyList<Kid> PublishedKids(RingId? ring = null) =>
        [.. JwkSet.Parse(Jwks(ring).Plain.Span).Select(jwk => jwk.Kid)];

    /// <summary>As a service would verify it that has just fetched the JWKS.</summary>
    public VerifiedToken Verify(string token, RingId? ring = null)
    {
        var keys = JwkSet.Parse(Jwks(ring).Plain.Span).Select(jwk => jwk.Import()).ToArray();
        var issuer = Get<Issuers>().Of(ring ?? RingId.Default);
        var verdict = AccessTokenVerifier.Verify(token, keys, new AccessTokenExpectations(issuer), clock.Now());
        Assert.True(verdict.TryGet(out var verified, out var fault), fault.ToString());
        return verified;
    }

    public static T Admitted<T>(Result<T> result) =>
        result.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.Message);

    /// <summary>The answer, which must be there without any waiting.</summary>
    public static async Task<T> AtOnce<T>(ValueTask<T> answer)
    {
        Assert.True(answer.IsCompletedSuccessfully, "The answer has to be waited for.");
        return await answer;
    }

    public void Dispose() => services.Dispose();
}

using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Tokens;
using Tumbler.Core.ApiKeys;
using Tumbler.Core.Audit;
using Tumbler.Core.Keys;
using Tumbler.Core.Organizations;
using Tumbler.Engine;
using Tumbler.Engine.ApiKeys;
using Tumbler.Engine.Audit;
using Tumbler.Engine.Single;
using Tumbler.Engine.Snapshots;
using Tumbler.Engine.Store;
using Tumbler.Engine.Tokens;
using Tumbler.Storage.Exports;
using Tumbler.Storage.Journal;
using Tumbler.Storage.Protection;
using Tumbler.Tests.Clock;

namespace Tumbler.Bench.Micro;

/// <summary>What an engine does for requests and for news, on a clock that stands still: without anything that happens now and then
/// beside it. One ring that signs with ES256, one organisation with some keys.</summary>
internal sealed class EngineWork : IDisposable
{
    private const int Keys = 20;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly OrgSlug Org = OrgSlug.Parse("acme");
    private static readonly RequestOrigin Origin = new("5f0c2a57d1f94ddcb7ea3c1f0a6a9d1e", "192.0.2.17", "POST /oauth2/token");

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("tumbler-micro-");
    private readonly ManualClock clock = new(Now);
    private readonly Journal journal;
    private readonly ServiceProvider services;
    private IssuedApiKey key = null!;
    private Stored<KeyRing> ring = null!;
    private Stored<Organization> organization = null!;
    private long version;

    private EngineWork()
    {
        if (!Journal.TryOpen(directory.FullName, NullLogger<Journal>.Instance, out var opened, out var failure))
            throw new InvalidOperationException(failure.Message);
        journal = opened;
        var signer = new AuditSigner(X509CertificateLoader.LoadPkcs12(DevelopmentAuditCertificate.Create(Now), password: null));
        services = new ServiceCollection()
            .AddLogging()
            .AddSingleton<TimeProvider>(clock)
            .AddSingleEngine(new EngineSetup
            {
                Store = journal,
                Protector = new CmsKeyProtector([X509CertificateLoader.LoadPkcs12(DevelopmentCertificate.Create(Now), password: null)]),
                AuditKey = new AuditKey(new byte[AuditKey.MinLength]),
                Proofs = new AuditProofs(signer, "issuer.example/audit", [], new ExportFolders(directory.FullName), Timestamps: null),
                HashKey = new byte[32],
                Issuer = "https://issuer.example",
                MachineClock = clock,
                Rings = new Dictionary<RingId, PutRing> { [RingId.Default] = new(Algorithm: "ES256") }.ToFrozenDictionary(),
            })
            .BuildServiceProvider();
    }

    public static async Task<EngineWork> Start()
    {
        var work = new EngineWork();
        try
        {
            await work.Fill();
            return work;
        }
        catch
        {
            work.Dispose();
            throw;
        }
    }

    public Action GetKeySet()
    {
        var keys = Get<IPublishedKeys>();
        return () => Check.That(Check.AtOnce(keys.Get(RingId.Default)) is not null);
    }

    public Action MatchApiKey()
    {
        var authenticator = Get<ApiKeyAuthenticator>();
        var where = new Presentation(Origin, Now);
        return () => Check.That(Check.AtOnce(authenticator.Authenticate(key.Key, where)) is not null);
    }

    public Action IssueToken()
    {
        var (tokens, request) = (Get<ITokens>(), Request);
        return () => Check.That(Check.AtOnce(tokens.Issue(RingId.Default, request)) is { } answer && answer.TryGet(out _, out _));
    }

    public Action VerifyToken()
    {
        Check.AtOnce(Get<ITokens>().Issue(RingId.Default, Request))!.Value.TryGet(out var issued, out _);
        var (verifier, token) = (Get<TokenVerifier>(), issued!.AccessToken);
        return () => Check.That(Check.AtOnce(verifier.Verify(RingId.Default, token)).TryGet(out _, out _));
    }

    /// <summary>News of a ring that is shown.</summary>
    public Action ApplyRing()
    {
        var snapshots = Get<RingSnapshots>();
        return () => snapshots.Renew(ring with { Version = new VersionToken(++version) });
    }

    /// <inheritdoc cref="ApplyRing"/>
    public Action ApplyOrganization()
    {
        var snapshots = Get<OrganizationSnapshots>();
        return () => snapshots.Renew(organization with { Version = new VersionToken(++version) });
    }

    public void Dispose()
    {
        services.Dispose();
        journal.Dispose();
        directory.Delete(recursive: true);
    }

    private TokenRequest Request => new(key.Id.ToString(), key.Key, "invoices:read", [], Origin);

    private async Task Fill()
    {
        var call = CallContext.Internal("benchmark");
        Admitted(await Get<Engine.Keys.KeyRings>().Establish());
        Admitted(await Get<IOrganizations>().Create(new CreateOrganization(Org.Value, "Acme", "ops@acme.example"), call));
        var request = new CreateApiKey("billing", ["invoices:read", "invoices:write"], ["https://invoices.example"]);
        for (var i = 0; i < Keys; i++)
            key = Admitted(await Get<IApiKeys>().Create(Org, request with { Name = $"billing {i}" }, call));
        await Get<OrganizationSnapshots>().Find(Org);
        ring = (await journal.Rings.Load(RingId.Default, CancellationToken.None))!;
        organization = await News(call);
        version = Math.Max(ring.Version.Value, organization.Version.Value);
    }

    /// <summary>Of another organisation, whose keys have the same hashes each time: how large a table of them is depends on what they are.</summary>
    private async Task<Stored<Organization>> News(CallContext call)
    {
        var slug = OrgSlug.Parse("initech");
        Admitted(await Get<IOrganizations>().Create(new CreateOrganization(slug.Value, "Initech", "ops@initech.example"), call));
        await Get<OrganizationSnapshots>().Find(slug);
        var stored = (await journal.Organizations.Load(slug, CancellationToken.None))!;
        var keys = Enumerable.Range(1, Keys).Select(i => new ApiKey(
            ApiKeyId.Parse($"00000000-0000-4000-8000-{i:x12}"), $"key {i}", new ApiKeyHash(SHA256.HashData([(byte)i])), [], [], [], Now));
        return stored with { State = stored.State with { ApiKeys = keys.ToImmutableDictionary(each => each.Id) } };
    }

    private T Get<T>() where T : notnull => services.GetRequiredService<T>();

    private static T Admitted<T>(Result<T> result) =>
        result.TryGet(out var value, out var refusal) ? value : throw new InvalidOperationException(refusal.Message);
}

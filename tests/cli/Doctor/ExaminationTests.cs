using Tumbler.Cli.Doctor;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Protection;
using static Tumbler.Cli.Tests.Doctor.Healthy;

namespace Tumbler.Cli.Tests.Doctor;

/// <summary>From facts to findings: one thing is broken at a time, and nothing else is blamed for it.</summary>
public sealed class ExaminationTests
{
    private static readonly Dictionary<string, (Func<Facts, Facts> Break, string[] Found)> Broken = new(StringComparer.Ordinal)
    {
        ["nothing is broken"] = (facts => facts, []),
        ["nothing listens"] = (facts => new Facts(facts.Server, Now) { Unreachable = "Connection refused" }, ["failure unreachable"]),

        ["the certificate has expired"] = (facts => facts with { Certificate = Certificate with { NotAfter = Now } }, ["failure certificate-expired"]),
        ["its time has not come"] = (facts => facts with { Certificate = Certificate with { NotBefore = Now.AddSeconds(1) } }, ["failure certificate-not-yet-valid"]),
        ["it expires within two weeks"] = (facts => facts with { Certificate = Certificate with { NotAfter = Now.AddDays(13.9) } }, ["warning certificate-expires-soon"]),
        ["it has more than two weeks left"] = (facts => facts with { Certificate = Certificate with { NotAfter = Now.AddDays(14) } }, []),
        ["it is another's"] = (facts => facts with { Certificate = Certificate with { NamesServer = false } }, ["failure certificate-of-another-name"]),
        ["nobody knows who signed it"] = (facts => facts with { Certificate = Certificate with { Distrust = "self-signed certificate" } }, ["failure certificate-untrusted"]),
        ["no HSTS"] = (facts => facts with { HasHsts = false }, ["warning hsts-missing"]),
        ["plain HTTP from elsewhere"] = (facts => At(facts, "http://tokens.example"), ["failure plain-http"]),
        ["plain HTTP on this machine"] = (facts => At(facts, "http://127.0.0.1:8080"), []),

        ["a clock 31 s ahead"] = (facts => facts with { Clock = facts.Clock! with { Date = Now.AddSeconds(32) } }, ["failure clock-off"]),
        ["a clock 31 s behind"] = (facts => facts with { Clock = facts.Clock! with { Date = Now.AddSeconds(-32) } }, ["failure clock-off"]),
        ["a clock 6 s ahead"] = (facts => facts with { Clock = facts.Clock! with { Date = Now.AddSeconds(6) } }, ["warning clock-off"]),
        ["a clock 3 s behind"] = (facts => facts with { Clock = facts.Clock! with { Date = Now.AddSeconds(-3) } }, []),
        ["a slow answer with the right time"] = (facts => facts with { Clock = new ClockFacts(Now, Now.AddSeconds(40), Now.AddSeconds(20), null) }, []),
        ["a fast clock"] = (facts => facts with { Clock = facts.Clock! with { Own = Now.AddDays(2) } }, ["warning clock-of-its-own"]),

        ["another issuer"] = (facts => facts with { Discovery = facts.Discovery! with { Issuer = "https://other.example" } }, ["failure issuer-differs"]),
        ["an issuer with a slash more"] = (facts => facts with { Discovery = facts.Discovery! with { Issuer = "https://tokens.example/" } }, ["failure issuer-differs"]),
        ["no discovery"] = (facts => facts with { Discovery = new DiscoveryFacts("answers 404") }, ["failure discovery-broken"]),
        ["keys over plain HTTP"] = (facts => facts with { Discovery = facts.Discovery! with { JwksUri = "http://tokens.example/.well-known/jwks.json" } }, ["failure discovery-broken"]),

        ["no key set"] = (facts => facts with { KeySet = new KeySetFacts("answers 502", []) }, ["failure jwks-broken"]),
        ["an empty key set"] = (facts => facts with { KeySet = KeySet with { Kids = [] } }, ["failure jwks-empty"]),
        ["a key set without the key that signs"] = (facts => facts with { KeySet = KeySet with { Kids = ["other", "another"] } }, ["failure jwks-stale"]),
        ["one key, as anybody sees it"] = (facts => Anonymous(facts) with { KeySet = KeySet with { Kids = ["only"] } }, ["warning no-successor"]),
        ["one key, as an administrator sees it"] = (facts => facts with { Keys = [Signing] }, ["failure no-successor"]),
        ["one key, and the next is not due for two minutes"] = (facts => facts with { Keys = [Signing with { SignsUntil = Now.AddHours(24).AddMinutes(2) }] }, []),
        ["one key, and the next was due six minutes ago"] = (facts => facts with { Keys = [Signing with { SignsUntil = Now.AddHours(24).AddMinutes(-6) }] }, ["failure no-successor"]),
        ["a successor that was revoked"] = (facts => facts with { Keys = [Next with { Active = false, State = KeyState.Revoked }, Signing] }, ["failure no-successor"]),

        ["caches may keep it for a day"] = (facts => facts with { KeySet = KeySet with { MaxAge = TimeSpan.FromDays(1) } }, ["failure jwks-cached-too-long"]),
        ["a cache has had it for hours"] = (facts => facts with { KeySet = KeySet with { Age = TimeSpan.FromHours(2) } }, ["failure jwks-cached-too-long"]),
        ["caches may keep it for longer than the shortest lead"] = (facts => facts with
        {
            KeySet = KeySet with { MaxAge = TimeSpan.FromMinutes(30) },
            Rings = [Ring with { Policy = Ring.Policy with { Lead = "PT20M" } }],
        }, ["failure jwks-cached-too-long", "warning lead-short"]),
        ["caches may keep it for ten minutes"] = (facts => facts with { KeySet = KeySet with { MaxAge = TimeSpan.FromMinutes(10) } }, ["warning jwks-headers-changed"]),
        ["caches may not keep it"] = (facts => facts with { KeySet = KeySet with { ForbidsCaches = true } }, ["warning jwks-headers-changed"]),
        ["nothing says how long it may be kept"] = (facts => facts with { KeySet = KeySet with { MaxAge = null } }, ["warning jwks-headers-changed"]),
        ["no ETag"] = (facts => facts with { KeySet = KeySet with { HasETag = false } }, ["warning jwks-headers-changed"]),

        ["the store is away"] = (facts => NotReady(facts, "store"), ["failure store-away"]),
        ["no key signs"] = (facts => NotReady(facts, "signing"), ["failure no-signing-key"]),
        ["no key is prepared"] = (facts => NotReady(facts, "rotation"), ["failure rotation-failing"]),
        ["no news come"] = (facts => NotReady(facts, "snapshots"), ["failure news-late"]),
        ["the database has another time"] = (facts => NotReady(facts, "clock"), ["failure clock-off"]),
        ["a check of a newer server"] = (facts => NotReady(facts, "moon"), ["failure not-ready"]),
        ["not ready, and no word why"] = (facts => facts with { Readiness = new ReadinessFacts("not_ready", null) }, ["failure not-ready"]),

        ["the credential is refused"] = (facts => Anonymous(facts) with { Credential = new CredentialFacts(true, 401) }, ["failure credential-refused"]),
        ["the credential is too weak"] = (facts => Anonymous(facts) with { Credential = new CredentialFacts(true, 403) }, ["failure credential-too-weak"]),
        ["too many requests"] = (facts => Anonymous(facts) with { Credential = new CredentialFacts(true, 429) }, ["warning credential-limited"]),
        ["the admin API is broken"] = (facts => Anonymous(facts) with { Credential = new CredentialFacts(true, 502) }, ["failure admin-api-broken"]),
        ["the credential can't be read"] = (facts => Anonymous(facts) with { Credential = new CredentialFacts(false, Problem: "The key can't be read.") }, ["failure credential-not-tried"]),
        ["no credential"] = (facts => Anonymous(facts), []),

        ["a silo is dead"] = (facts => Silos(facts, SiloNamed("b"), SiloNamed("c"), SiloNamed("d"), SiloNamed("e", "dead")), ["failure silo-away"]),
        ["a silo does not answer"] = (facts => Silos(facts, Silo with { Report = null }, SiloNamed("b"), SiloNamed("c")), ["failure silo-away"]),
        ["a silo joins"] = (facts => Silos(facts, SiloNamed("b"), SiloNamed("c"), SiloNamed("d"), SiloNamed("e", "joining")), ["warning silo-not-active"]),
        ["two versions"] = (facts => Silos(facts, Silo, SiloNamed("b"), SiloNamed("c", version: "0.2.0")), ["warning versions-differ"]),
        ["two silos"] = (facts => Silos(facts, Silo, SiloNamed("b")), ["warning few-silos"]),
        ["a silo lags a little"] = (facts => Silos(facts, Silo, SiloNamed("b"), SiloNamed("c", age: 4)), ["warning store-lag"]),
        ["a silo lags"] = (facts => Silos(facts, Silo, SiloNamed("b"), SiloNamed("c", age: 11)), ["failure store-lag"]),
        ["a silo's clock is off"] = (facts => Silos(facts, Silo, SiloNamed("b"), SiloNamed("c", clock: -31)), ["failure clock-off"]),
        ["a silo's clock is a little off"] = (facts => Silos(facts, Silo, SiloNamed("b"), SiloNamed("c", clock: 6)), ["warning clock-off"]),

        ["a ring's preparation failed"] = (facts => WithStatus(facts, Ring.Status with { LastFailure = "the disk is full" }), ["failure rotation-failing"]),
        ["a ring has no key that signs"] = (facts => WithStatus(facts, Ring.Status with { SigningKid = null }), ["failure no-signing-key"]),
        ["development, for everybody"] = (facts => facts with { Environment = "development" }, ["failure development"]),
        ["a short lead by policy"] = (facts => facts with { Rings = [Ring with { Policy = Ring.Policy with { Lead = "PT12H" } }] }, ["warning lead-short"]),
        ["the next key came late"] = (facts => facts with { Keys = [Next with { PublishedAt = Now.AddHours(-1), ActivatesAt = Now.AddHours(2), Origin = KeyOrigin.Hurried }, Signing] }, ["warning lead-left-short"]),
        ["the key that signs began at once"] = (facts => facts with { Keys = [Next, Signing with { PublishedAt = Now.AddHours(-2), ActivatesAt = Now.AddHours(-2), Origin = KeyOrigin.Immediate }] }, ["warning key-unannounced"]),
        ["it began at once, 13 hours ago"] = (facts => facts with { Keys = [Next, Signing with { PublishedAt = Now.AddHours(-13), ActivatesAt = Now.AddHours(-13), Origin = KeyOrigin.Immediate }] }, []),
        ["a ring's first key"] = (facts => facts with { Keys = [Next, Signing with { PublishedAt = Now.AddHours(-1), ActivatesAt = Now.AddHours(-1), Origin = KeyOrigin.Bootstrap }] }, []),

        ["a key that nobody opens"] = (facts => facts with { Protection = Healthy.Protection with { UnreadableKeys = 1 } }, ["failure keys-unreadable"]),
        ["a key for an old certificate"] = (facts => facts with { Protection = Healthy.Protection with { OutdatedKeys = 1 } }, ["warning keys-outdated"]),
        ["an expired certificate for keys"] = (facts => facts with
        {
            Protection = Healthy.Protection with { Certificates = [Healthy.Protection.Certificates[0] with { NotAfter = Now.AddDays(-1) }] },
        }, ["warning protection-expired"]),
        ["an expired one that only decrypts"] = (facts => facts with
        {
            Protection = Healthy.Protection with { Certificates = [Healthy.Protection.Certificates[0] with { NotAfter = Now.AddDays(-1), Role = CertificateRole.Decrypts }] },
        }, []),
    };

    /// <summary>All that can be found from outside.</summary>
    internal static Finding[] Findings => [.. Broken.Values.SelectMany(each => Examination.Of(each.Break(Healthy.Facts))).SelectMany(each => each.Findings)];

    public static TheoryData<string> Cases => [.. Broken.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void What_is_broken_is_found_and_nothing_else(string what)
    {
        var (broken, expected) = Broken[what];

        var report = Report.Of(null, Examination.Of(broken(Healthy.Facts)));

        Assert.Equal(expected, report.Findings.Select(finding => $"{finding.Severity} {finding.Name}"));
        Assert.Equal(expected.Length == 0 ? "ok" : expected[0].Split(' ')[0], report.Result);
    }

    [Fact]
    public void Every_finding_says_what_why_and_what_to_do()
    {
        Assert.All(Findings, finding =>
        {
            Assert.Matches("^[a-z-]+$", finding.Name);
            Assert.Matches("^([A-Z0-9]|https?://|/).+[.]$", finding.Problem);
            Assert.Matches("^[A-Z].+[.]$", finding.Why);
            Assert.True(finding.Mend.Length > 20, finding.Name);
        });
    }

    /// <summary>Who has no credential is told what was not looked at, and not that it is well.</summary>
    [Fact]
    public void What_was_not_looked_at_is_not_called_well() => Assert.Equal(
        ["credential", "silos", "rings", "lead", "private keys"],
        Examination.Of(Anonymous(Healthy.Facts)).Where(each => each.Result == Examined.NotLookedAt).Select(each => each.Check));

    private static Facts At(Facts facts, string address) => facts with
    {
        Server = new Uri(address),
        Certificate = null,
        HasHsts = false,
        Discovery = new DiscoveryFacts(null, address, $"{address}/.well-known/jwks.json"),
    };

    private static Facts Anonymous(Facts facts) => facts with
    {
        Credential = CredentialFacts.None, Cluster = null, Rings = [], Keys = [], Protection = null, Environment = null,
    };

    private static Facts NotReady(Facts facts, string check) =>
        facts with { Readiness = new ReadinessFacts("not_ready", [new(check, false, "It is so."), new("other", true, null)]) };

    private static Facts Silos(Facts facts, params Contracts.Cluster.SiloView[] silos) => facts with { Cluster = Healthy.Cluster(silos) };

    private static Facts WithStatus(Facts facts, RingStatus status) => facts with { Rings = [Ring with { Status = status }] };
}

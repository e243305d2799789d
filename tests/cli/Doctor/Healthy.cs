using Tumbler.Cli.Doctor;
using Tumbler.Contracts.Cluster;
using Tumbler.Contracts.Keys;
using Tumbler.Contracts.Protection;

namespace Tumbler.Cli.Tests.Doctor;

/// <summary>A set-up in which all is well, to break one thing of.</summary>
internal static class Healthy
{
    public static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Kid SigningKid = Kid.Parse("0f8fad5b-d9cb-469f-a165-70867728950e");
    private static readonly Kid NextKid = Kid.Parse("7c9e6679-7425-40de-944b-e07fc1f90ae7");

    public static CertificateFacts Certificate { get; } = new("CN=tokens.example", Now.AddDays(-10), Now.AddDays(80), NamesServer: true, Distrust: null);

    public static KeySetFacts KeySet { get; } = new(null, [$"{SigningKid}", $"{NextKid}"], TimeSpan.FromMinutes(5), HasETag: true);

    public static RingView Ring { get; } = new(
        RingId.Default, "https://tokens.example", Now.AddDays(-30),
        new RingPolicyView(JwsAlgorithm.RS256, 2048, "PT24H", "PT25H", "PT24H", AllowShortLead: false, "PT55M", FromConfiguration: false),
        new RingStatus(RingId.Default, SigningKid, 3600, 2, 29, Now.AddHours(23), 23, new LastRotation(Now.AddHours(-1), KeyOrigin.Scheduled), LastFailure: null));

    public static KeyView Signing { get; } = Key(SigningKid, KeyState.Signing, Now.AddHours(-25), Now.AddHours(-1));

    public static KeyView Next { get; } = Key(NextKid, KeyState.Published, Now.AddHours(-1), Now.AddHours(23));

    public static SiloView Silo { get; } = SiloNamed("silo-1");

    public static ProtectionView Protection { get; } = new(
        [new CertificateView("CN=kek", new string('a', 64), Now.AddYears(1), CertificateRole.Current, 2, 2)], 2, OutdatedKeys: 0, UnreadableKeys: 0);

    public static Facts Facts { get; } = new(new Uri("https://tokens.example"), Now)
    {
        Certificate = Certificate,
        Clock = new ClockFacts(Now, Now.AddMilliseconds(20), Now, Now.AddMilliseconds(10)),
        HasHsts = true,
        Discovery = new DiscoveryFacts(null, "https://tokens.example", "https://tokens.example/.well-known/jwks.json"),
        KeySet = KeySet,
        Readiness = new ReadinessFacts("ready", [new ReadinessFacts.Check("store", true, null)]),
        Credential = new CredentialFacts(true, 200, Rights: "an auditor"),
        Cluster = Cluster(Silo, SiloNamed("silo-2"), SiloNamed("silo-3")),
        Rings = [Ring],
        Keys = [Next, Signing],
        Protection = Protection,
        Environment = "production",
    };

    public static ClusterView Cluster(params SiloView[] silos) => new("cluster", "tumbler", silos, 1);

    public static SiloView SiloNamed(string name, string status = "active", double age = 0.4, double clock = 0.01, string version = "0.1.0") =>
        new(name, "10.0.0.1:11111", status, false, status == "dead" ? null : new SiloReport(version, Now.AddDays(-1), age, clock, 1, 1));

    private static KeyView Key(Kid kid, KeyState state, DateTimeOffset published, DateTimeOffset signs) => new(
        kid, JwsAlgorithm.RS256, 29, KeyOrigin.Scheduled, state, Active: true, published, published, signs, signs.AddHours(24), signs.AddHours(25),
        null, null, null, null);
}

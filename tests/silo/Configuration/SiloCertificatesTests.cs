using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tumbler.Silo.Configuration;
using Tumbler.Storage.Protection;

namespace Tumbler.Silo.Tests.Configuration;

[UnsupportedOSPlatform("windows")]
public sealed class SiloCertificatesTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly SettingsDirectory start = new();

    public void Dispose() => start.Dispose();

    private string Pfx => Path.Combine(start.Path, "data", "kek.pfx");

    [Fact]
    public void A_self_made_one_is_made_once_and_for_its_owner_only()
    {
        var (made, loaded) = (Assert.Single(Load()!), Assert.Single(Load()!));

        Assert.Equal(made.Thumbprint, loaded.Thumbprint);
        Assert.Equal([1, 2, 3], new CmsKeyProtector([loaded]).Unprotect(new CmsKeyProtector([made]).Protect([1, 2, 3])));
        Assert.Equal(2048, made.GetRSAPublicKey()!.KeySize);
        Assert.Null(ProtectionCertificates.Warning(made, TimeProvider.System.GetUtcNow().AddYears(500)));
        Assert.Equal([Pfx], Directory.GetFiles(Path.GetDirectoryName(Pfx)!));
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Pfx));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_self_made_one_that_others_can_open_is_refused(UnixFileMode others)
    {
        Load();
        File.SetUnixFileMode(Pfx, OwnerOnly | others);

        Assert.Null(Load());
        Assert.StartsWith("Protection:Certificates: is not secret", Assert.Single(start.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_one_is_refused_and_kept()
    {
        start.Write("data/kek.pfx", "damaged");
        File.SetUnixFileMode(Pfx, OwnerOnly);

        Assert.Null(Load());
        Assert.Contains("can't be opened", Assert.Single(start.Errors), StringComparison.Ordinal);
        Assert.Equal("damaged", File.ReadAllText(Pfx));
    }

    [Fact]
    public void Every_given_one_that_can_not_be_used_is_named_by_its_setting()
    {
        var (one, two) = (start.Write("one.pfx", "?"), start.Write("two.pfx", "?"));

        Assert.Null(Load("--Protection:Certificates:0:Path", one, "--Protection:Certificates:1:Path", two));
        Assert.Collection(start.Errors,
            error => Assert.StartsWith("Protection:Certificates:0:Path: ", error, StringComparison.Ordinal),
            error => Assert.StartsWith("Protection:Certificates:1:Path: ", error, StringComparison.Ordinal));
    }

    [Fact]
    public void Several_are_taken_in_the_order_of_their_numbers_and_recipients_apart()
    {
        var files = Enumerable.Range(0, 11).Select(n => Pem($"{n}.pem", $"CN=own {n}")).ToArray();
        var escrow = PublicPem("escrow.pem", "CN=escrow");

        var certificates = Certificates(
            [.. files.SelectMany((file, n) => (string[])[$"--Protection:Certificates:{n}:Path", file]), "--Protection:Recipients:0:Path", escrow])!;

        Assert.Equal(Enumerable.Range(0, 11).Select(n => $"CN=own {n}"), certificates.Own.Select(each => each.Subject));
        Assert.All(certificates.Own, each => Assert.True(each.HasPrivateKey));
        Assert.Equal(("CN=escrow", false), (Assert.Single(certificates.Recipients).Subject, certificates.Recipients[0].HasPrivateKey));
    }

    [Fact]
    public void The_same_one_twice_is_named_with_the_first()
    {
        var (one, other) = (Pem("one.pem", "CN=one"), Pem("other.pem", "CN=other"));
        File.Copy(one, Path.Combine(start.Path, "copy.pem"));
        File.WriteAllText(Path.Combine(start.Path, "public.pem"), X509CertificateLoader.LoadCertificateFromFile(other).ExportCertificatePem());

        Assert.Null(Load(
            "--Protection:Certificates:0:Path", one, "--Protection:Certificates:1:Path", other,
            "--Protection:Certificates:2:Path", "copy.pem", "--Protection:Recipients:0:Path", "public.pem"));
        Assert.Equal(
            [
                "Protection:Certificates:2:Path: is the same certificate as Protection:Certificates:0:Path",
                "Protection:Recipients:0:Path: is the same certificate as Protection:Certificates:1:Path",
            ],
            start.Errors);
    }

    [Fact]
    public void Two_that_a_stored_key_could_not_tell_apart_are_refused()
    {
        var (one, two) = (Pem("one.pem", "CN=kek", serial: 1), Pem("two.pem", "CN=kek", serial: 1));

        Assert.Null(Load("--Protection:Certificates:0:Path", one, "--Protection:Certificates:1:Path", two));
        Assert.Equal(
            ["Protection:Certificates:1:Path: has the issuer and the serial number of Protection:Certificates:0:Path; stored keys name their certificate by these"],
            start.Errors);
    }

    [Fact]
    public void A_recipient_that_can_not_be_used_is_named_by_its_setting()
    {
        var own = Pem("own.pem", "CN=own");

        Assert.Null(Load("--Protection:Certificates:0:Path", own, "--Protection:Recipients:0:Path", start.Write("text.pem", "?")));
        Assert.StartsWith("Protection:Recipients:0:Path: The certificate", Assert.Single(start.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_password_is_named_by_the_certificates_setting_and_not_repeated()
    {
        using var certificate = Make("CN=locked");
        var path = Path.Combine(start.Path, "locked.pfx");
        File.WriteAllBytes(path, certificate.Export(X509ContentType.Pfx, "correct horse"));
        var password = start.Write("password", "battery staple");

        Assert.Null(Load("--Protection:Certificates:0:Path", path, "--Protection:Certificates:0:PasswordFile", password));
        var error = Assert.Single(start.Errors);
        Assert.StartsWith("Protection:Certificates:0:Path: ", error, StringComparison.Ordinal);
        Assert.Contains("password is wrong", error, StringComparison.Ordinal);
        Assert.DoesNotContain("battery", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expired_one_is_used_with_a_warning_that_names_its_setting()
    {
        var log = new Warnings();

        var certificates = SiloCertificates.Load(
            start.Read("--Protection:Certificates:0:Path", Pem("old.pem", "CN=old", years: -1))!, TimeProvider.System, log, start.Complaints);

        Assert.Equal("CN=old", Assert.Single(certificates!.Own).Subject);
        Assert.StartsWith("Protection:Certificates:0:Path: The key-encryption certificate 'CN=old' expired", Assert.Single(log.Texts), StringComparison.Ordinal);
    }

    private IReadOnlyList<X509Certificate2>? Load(params string[] arguments) => Certificates(arguments)?.Own;

    private SiloCertificates? Certificates(params string[] arguments) => SiloCertificates.Load(
        start.Read(arguments)!, TimeProvider.System, NullLogger.Instance, start.Complaints);

    private string Pem(string file, string subject, byte? serial = null, int years = 1)
    {
        using var certificate = Make(subject, serial, years);
        using var key = certificate.GetRSAPrivateKey()!;
        return start.Write(file, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");
    }

    private string PublicPem(string file, string subject)
    {
        using var certificate = Make(subject);
        return start.Write(file, certificate.ExportCertificatePem());
    }

    private static X509Certificate2 Make(string subject, byte? serial = null, int years = 1)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var (from, until) = (TimeProvider.System.GetUtcNow().AddYears(-2), TimeProvider.System.GetUtcNow().AddYears(years));
        if (serial is not { } number)
            return request.CreateSelfSigned(from, until);
        using var made = request.Create(
            request.SubjectName, X509SignatureGenerator.CreateForRSA(key, RSASignaturePadding.Pkcs1), from, until, [number]);
        return made.CopyWithPrivateKey(key);
    }

    private sealed class Warnings : ILogger
    {
        public List<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Texts.Add(formatter(state, exception));
    }
}

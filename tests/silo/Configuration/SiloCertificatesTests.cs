using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
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

    private IReadOnlyList<X509Certificate2>? Load(params string[] arguments) => SiloCertificates.Load(
        start.Read(arguments)!, TimeProvider.System, NullLogger.Instance, start.Writer);
}

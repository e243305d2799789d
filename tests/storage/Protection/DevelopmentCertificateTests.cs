using System.Runtime.Versioning;
using System.Security.Cryptography.X509Certificates;
using Tumbler.Storage.Protection;

namespace Tumbler.Storage.Tests.Protection;

[UnsupportedOSPlatform("windows")]
public sealed class DevelopmentCertificateTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("tumbler-dev-").FullName;

    public void Dispose() => Directory.Delete(directory, recursive: true);

    private string Pfx => Path.Combine(directory, "kek.pfx");

    [Fact]
    public void It_is_made_once_and_for_its_owner_only()
    {
        using var made = Load();
        using var loaded = Load();

        Assert.Equal(made.Thumbprint, loaded.Thumbprint);
        Assert.Equal([1, 2, 3], new CmsKeyProtector([loaded]).Unprotect(new CmsKeyProtector([made]).Protect([1, 2, 3])));
        Assert.Equal(2048, made.GetRSAPublicKey()!.KeySize);
        Assert.Null(ProtectionCertificates.Warning(made, Certificates.Now.AddYears(500)));
        Assert.Equal([Pfx], Directory.GetFiles(directory));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Pfx));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void One_that_others_can_open_is_refused(UnixFileMode others)
    {
        Load().Dispose();
        File.SetUnixFileMode(Pfx, File.GetUnixFileMode(Pfx) | others);

        Assert.False(DevelopmentCertificate.TryLoadOrCreate(directory, Certificates.Now, out _, out var problem));
        Assert.Contains("open to other users", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_damaged_one_is_refused_and_kept()
    {
        File.WriteAllText(Pfx, "damaged");
        File.SetUnixFileMode(Pfx, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.False(DevelopmentCertificate.TryLoadOrCreate(directory, Certificates.Now, out _, out var problem));
        Assert.Contains("can't be opened", problem, StringComparison.Ordinal);
        Assert.Equal("damaged", File.ReadAllText(Pfx));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_refused()
    {
        Assert.False(DevelopmentCertificate.TryLoadOrCreate(Path.Combine(directory, "none"), Certificates.Now, out _, out var problem));
        Assert.Contains("can't be made", problem, StringComparison.Ordinal);
    }

    private X509Certificate2 Load()
    {
        Assert.True(DevelopmentCertificate.TryLoadOrCreate(directory, Certificates.Now, out var certificate, out var problem), problem);
        return certificate;
    }
}

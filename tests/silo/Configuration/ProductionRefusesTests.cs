using System.Runtime.Versioning;
using System.Security.Cryptography;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Engines;

namespace Tumbler.Silo.Tests.Configuration;

/// <summary>Every default of development that would be dangerous, one at a time, in settings that are otherwise right: the start ends
/// with the name of the setting, and development does not mind.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProductionRefusesTests : IDisposable
{
    private readonly SettingsDirectory start = new();
    private readonly List<string> arguments = [];

    public ProductionRefusesTests()
    {
        foreach (var (name, value) in (IEnumerable<(string, string)>)[
            ("Storage:Journal:Directory", "/var/lib/tumbler"),
            ("Admin:Key", Convert.ToHexString(RandomNumberGenerator.GetBytes(32))),
            ("ApiKeys:HashKey", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            ("Audit:Key", Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))),
            ("Protection:Certificates:0:Path", Private("kek.pfx")),
            ("Audit:SigningCertificate:Path", Private("audit.pfx")),
            ("Tokens:Issuer", "https://tokens.example")])
        {
            arguments.Add($"--{name}={value}");
        }
    }

    public void Dispose() => start.Dispose();

    [Fact]
    public void Nothing_of_it_is_wrong_without_the_default()
    {
        start.Read([.. arguments, "--environment=Production"]);

        Assert.Empty(start.Text);
    }

    [Theory]
    [InlineData("Admin:Key", null, "is required in production")]
    [InlineData("ApiKeys:HashKey", null, "is required in production")]
    [InlineData("Audit:Key", null, "is required in production")]
    [InlineData("Protection:Certificates:0:Path", null, "is required in production", "Protection:Certificates")]
    [InlineData("Audit:SigningCertificate:Path", null, "is required in production")]
    [InlineData("Development:ClockRate", "60", "is refused in production")]
    [InlineData("urls", "http://0.0.0.0:8080", "http://0.0.0.0:8080 is plain HTTP on an address that others can reach")]
    [InlineData("urls", "http://*:8080", "http://*:8080 is plain HTTP on an address that others can reach")]
    [InlineData("Tokens:Issuer", "http://tokens.example", "must be https in production")]
    [InlineData("Logging:Redaction:Enabled", "false", "is off, which production refuses")]
    [InlineData("Storage:Journal:Directory", "/tmp/tumbler", "/tmp/tumbler is a directory for temporary files, which production refuses")]
    [InlineData("Storage:Journal:Directory", "/var/tmp/tumbler", "/var/tmp/tumbler is a directory for temporary files")]
    [InlineData("Storage:Journal:Directory", "/dev/shm/tumbler", "/dev/shm/tumbler is a directory for temporary files")]
    [InlineData("Storage:Journal:Directory", "/run/tumbler", "/run/tumbler is a directory for temporary files")]
    [InlineData("Storage:Postgres:ConnectionString", "Host=db;Username=postgres;Password=postgres", "has a password that everybody tries first")]
    [InlineData("Storage:Postgres:ConnectionString", "Host=db;User Id=silo;PWD=silo", "has a password that everybody tries first")]
    [InlineData("Storage:Postgres:ConnectionString", "Host=db;Username=silo;Password=ChangeMe", "has a password that everybody tries first")]
    [InlineData("Cluster:Redis:ConnectionString", "redis:6379", "has no password for a Redis on another machine")]
    [InlineData("Cluster:Redis:ConnectionString", "127.0.0.1:6379,redis:6379,ssl=true", "has no password for a Redis on another machine")]
    [InlineData("Cluster:Redis:ConnectionString", "redis:6379,password=", "has no password for a Redis on another machine")]
    [InlineData("Cluster:Redis:ConnectionString", "redis:6379,password=redis", "has a password that everybody tries first")]
    [InlineData("Cluster:Redis:ConnectionString", "redis:6379,user=silo,password=silo", "has a password that everybody tries first")]
    public void What_development_does_by_itself_or_puts_up_with(string name, string? value, string complaint, string? named = null)
    {
        if (name.StartsWith("Cluster:", StringComparison.Ordinal) && !ClusterBuild.IsPresent)
            return;

        Assert.StartsWith($"{named ?? name}: {complaint}", Assert.Single(ErrorsWith(name, value)), StringComparison.Ordinal);

        AssertDevelopmentTakesIt(name, value);
    }

    [Theory]
    [InlineData("Storage:Postgres:ConnectionString", "Host=db;Username=silo;Password=mX3kq9vTz")]
    [InlineData("Storage:Postgres:ConnectionString", "Host=/run/postgresql;Username=silo")]
    [InlineData("Cluster:Redis:ConnectionString", "127.0.0.1:6379")]
    [InlineData("Cluster:Redis:ConnectionString", "[::1]:6379,localhost:6380")]
    [InlineData("Cluster:Redis:ConnectionString", "redis:6379,password=mX3kq9vTz")]
    [InlineData("Storage:Journal:Directory", "/var/lib/tmp")]
    [InlineData("Storage:Journal:Directory", "/tmpfiles")]
    public void What_only_looks_like_it_is_taken(string name, string value)
    {
        if (name.StartsWith("Cluster:", StringComparison.Ordinal) && !ClusterBuild.IsPresent)
            return;

        Assert.NotNull(start.Read([.. With(name, value), "--environment=Production"]));
    }

    [Fact]
    public void A_temporary_directory_can_be_insisted_on() =>
        Assert.NotNull(start.Read([.. With("Storage:Journal:Directory", "/tmp/tumbler"), "--Storage:Journal:AllowTemporary=true", "--environment=Production"]));

    [Theory]
    [InlineData("ApiKeys:HashKey", "Audit:Key")]
    [InlineData("Admin:PreviousKey", "Admin:Key")]
    [InlineData("Migration:SharedKeys:billing", "Admin:Key")]
    public void One_secret_for_two_uses(string one, string other)
    {
        var secret = arguments.Single(argument => argument.StartsWith($"--{other}=", StringComparison.Ordinal))[(other.Length + 3)..];
        string[] settings = [.. With(one, secret), "--Migration:Phase=dual"];
        string[] names = [one, other];
        Array.Sort(names, StringComparer.Ordinal);

        var error = Assert.Single(start.ErrorsOf([.. settings, "--environment=Production"]));

        Assert.Equal($"{names[1]}: is the same secret as {names[0]}, which production refuses; each needs its own", error);
        Assert.DoesNotContain(secret, error, StringComparison.Ordinal);
        Assert.NotNull(start.Read(settings));
    }

    [Fact]
    public void A_file_with_a_secret_that_everybody_may_write()
    {
        var file = start.Write("admin", Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherWrite);
        string[] settings = [.. arguments.Where(argument => !argument.StartsWith("--Admin:Key=", StringComparison.Ordinal)), "--Admin:Key_FILE=admin"];

        Assert.Equal(
            ["Admin:Key_FILE: everybody may write the file admin, which production refuses; chmod o-rwx it"],
            start.ErrorsOf([.. settings, "--environment=Production"]));
        Assert.NotNull(start.Read(settings));
    }

    /// <summary>Container platforms mount secrets so, in a place of the container's own: it can't be refused.</summary>
    [Fact]
    public void A_file_with_a_secret_that_everybody_may_read_is_warned_of()
    {
        var file = start.Write("admin", Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(Path.Combine(start.Path, "link"), file);
        using var source = new SettingsSource(["--Admin:Key_FILE=link"], start.Path, start.Environment, TimeProvider.System);

        var (_, reader) = source.Read((_, reader) => AdminOptions.Read(reader), []);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        var (_, careful) = source.Read((_, reader) => AdminOptions.Read(reader), []);

        Assert.Equal(["Admin:Key_FILE: everybody on this machine may read the file link; chmod o-rwx it"], reader.Warnings.Select(warning => warning.ToString()));
        Assert.Empty(careful.Warnings);
    }

    private IReadOnlyList<string> ErrorsWith(string name, string? value) => start.ErrorsOf([.. With(name, value), "--environment=Production"]);

    private void AssertDevelopmentTakesIt(string name, string? value) => Assert.NotNull(start.Read(With(name, value)));

    /// <summary>With whatever else the setting needs.</summary>
    private string[] With(string name, string? value)
    {
        List<string> settings = [.. arguments.Where(argument => !argument.StartsWith($"--{name}=", StringComparison.Ordinal))];
        if (value is not null)
            settings.Add($"--{name}={value}");
        if (name.StartsWith("Cluster:", StringComparison.Ordinal))
            settings.AddRange(["--Engine:Kind=cluster", "--Storage:Postgres:ConnectionString=Host=db;Username=silo;Password=mX3kq9vTz"]);
        if (name.StartsWith("Cluster:", StringComparison.Ordinal) || name.StartsWith("Storage:Postgres:", StringComparison.Ordinal))
            settings.Add("--Storage:Kind=postgres");
        return [.. settings];
    }

    private string Private(string name)
    {
        var file = start.Write(name, "only its name is looked at here");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return file;
    }
}

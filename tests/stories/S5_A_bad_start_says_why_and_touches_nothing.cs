using System.Security.Cryptography;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

public sealed class S5_A_bad_start_says_why_and_touches_nothing(StoryRun run)
{
    /// <summary>EX_CONFIG: a supervisor need not try again.</summary>
    private const int ConfigurationError = 78;

    [Fact]
    public async Task Every_wrong_setting_is_on_one_list()
    {
        using var home = new SiloHome(run, "wrong-settings");

        var ended = await SiloProcess.RunToEnd(home,
        [
            "--Engine:Knid", "single",
            "--Rings:gap:Validity", "24h",
            "--Rings:hasty:Lead", "12h",
            "--Rings:lasting:MaxTokenLifetime", "56m",
            "--Rings:lasting:Algorithm", "HS256",
            "--Tokens:Issuer", "not a url",
        ]);

        AssertList(ended,
            "Engine:Knid: unknown setting; did you mean Engine:Kind?",
            "Rings:gap:Validity: must be longer than the interval",
            "Rings:hasty:Lead: must be at least 13 h",
            "Rings:lasting:Algorithm: must be one of RS256",
            "Tokens:Issuer: must be an absolute http or https URL");
        Assert.False(Directory.Exists(home.Data));
    }

    [Fact]
    public async Task A_token_may_not_outlive_its_key()
    {
        using var home = new SiloHome(run, "long-lifetime");

        var ended = await SiloProcess.RunToEnd(home, ["--Rings:lasting:MaxTokenLifetime", "56m"]);

        AssertList(ended, "Rings:lasting:MaxTokenLifetime: must be from");
        Assert.Contains("Time line of a key: published 0 h, signs 24 h to 48 h, expires 49 h", ended.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(home.Data));
    }

    [Fact]
    public async Task Production_makes_no_secrets_of_its_own()
    {
        using var home = new SiloHome(run, "production");

        var ended = await SiloProcess.RunToEnd(home, ["--Development:ClockRate", "2"], development: false);

        AssertList(ended,
            "Admin:Key: is required in production",
            "ApiKeys:HashKey: is required in production",
            "Audit:Key: is required in production",
            "Protection:Certificates: is required in production",
            "Audit:SigningCertificate:Path: is required in production",
            "Development:ClockRate: is refused in production");
        Assert.False(Directory.Exists(home.Data));
    }

    /// <summary>One by one they are in tests/silo; here they are all on one list of a real process.</summary>
    [Fact]
    public async Task Production_refuses_every_default_of_development_on_one_list()
    {
        using var home = new SiloHome(run, "dangerous");
        var (key, open) = (Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), Path.Combine(home.Directory, "open"));
        run.Secrets.Add(key);
        await File.WriteAllTextAsync(open, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)), TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(open, File.GetUnixFileMode(open) | UnixFileMode.OtherWrite);

        var ended = await SiloProcess.RunToEnd(
            home,
            [
                "--urls", "http://0.0.0.0:1", "--Tokens:Issuer", "http://tokens.example", "--Development:ClockRate", "2", "--Logging:Redaction:Enabled", "false",
                "--Storage:Journal:Directory", "/tmp/tumbler-dangerous", "--Admin:Key_FILE", open, "--Admin:PreviousKey", key,
                "--Migration:Phase", "dual", "--Migration:SharedKeys:billing", key,
            ],
            development: false);

        AssertList(ended,
            "urls: http://0.0.0.0:1 is plain HTTP",
            "Storage:Journal:Directory: /tmp/tumbler-dangerous is a directory for temporary files",
            "Tokens:Issuer: must be https in production",
            "ApiKeys:HashKey: is required in production",
            "Audit:Key: is required in production",
            "Admin:Key_FILE: everybody may write the file",
            "Protection:Certificates: is required in production",
            "Audit:SigningCertificate:Path: is required in production",
            "Development:ClockRate: is refused in production",
            "Logging:Redaction:Enabled: is off, which production refuses",
            "Migration:SharedKeys:billing: is the same secret as Admin:PreviousKey");
        Assert.DoesNotContain(key, ended.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists("/tmp/tumbler-dangerous"));
    }

    /// <summary>Neither root can make a directory in these places.</summary>
    [Theory]
    [InlineData("/proc/tumbler")]
    [InlineData("/dev/null")]
    [InlineData("/dev/null/data")]
    public async Task A_data_directory_that_cannot_be_used_is_named(string directory)
    {
        using var home = new SiloHome(run, "no-directory");

        var ended = await SiloProcess.RunToEnd(home, ["--Storage:Journal:Directory", directory]);

        AssertList(ended, "Storage:Journal:Directory: ");
        Assert.Contains(directory, ended.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_settings_leave_what_is_there_as_it_is()
    {
        using var home = new SiloHome(run, "wrong-later");
        await Fill(home);
        var before = home.Content();

        var ended = await SiloProcess.RunToEnd(home, ["--Rings:default:Lead", "12h"]);

        AssertList(ended, "Rings:default:Lead: must be at least 13 h");
        Assert.Equal(before, home.Content());
    }

    [Theory]
    [InlineData("a flipped bit")]
    [InlineData("a line torn in the middle")]
    [InlineData("a line gone")]
    [InlineData("a line twice")]
    [InlineData("no header")]
    [InlineData("nothing at all")]
    public async Task A_journal_that_is_damaged_in_the_middle_is_not_opened(string damage)
    {
        using var home = new SiloHome(run, "damaged");
        await Fill(home);
        var lines = (await File.ReadAllTextAsync(home.Journal, TestContext.Current.CancellationToken))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(lines.Length >= 4);
        await File.WriteAllLinesAsync(home.Journal, Damaged(lines, damage), TestContext.Current.CancellationToken);
        var before = home.Content();

        var ended = await SiloProcess.RunToEnd(home, []);

        AssertList(ended, "Storage:Journal:Directory: ");
        Assert.Contains(home.Journal, ended.Errors, StringComparison.Ordinal);
        Assert.Equal(before, home.Content());
    }

    [Fact]
    public async Task A_torn_last_line_is_dropped_with_a_warning_and_the_start_goes_on()
    {
        using var home = new SiloHome(run, "torn");
        await Fill(home);
        var journal = await File.ReadAllBytesAsync(home.Journal, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(home.Journal, [.. journal, .. "{\"crc\":\"01234567\",\"batch\":"u8], TestContext.Current.CancellationToken);

        await using var silo = await home.Start();

        Assert.Contains("warn", silo.Log, StringComparison.Ordinal);
        Assert.Contains("acme", await silo.Admin.Organizations());
        Assert.True((await silo.Admin.VerifyAudit()).Valid);
    }

    private static async Task Fill(SiloHome home)
    {
        await using var silo = await home.Start("--Rings:default:Algorithm", "ES256");
        foreach (var slug in (string[])["acme", "globex", "initech", "umbrella"])
            await silo.Admin.CreateOrganization(slug);
        Assert.Equal(0, await silo.Stop());
    }

    private static string[] Damaged(string[] lines, string damage)
    {
        var middle = lines.Length / 2;
        var line = lines[middle];
        return damage switch
        {
            "a flipped bit" => [.. lines[..middle], $"{line[..^20]}{(char)(line[^20] ^ 1)}{line[^19..]}", .. lines[(middle + 1)..]],
            "a line torn in the middle" => [.. lines[..middle], line[..(line.Length / 2)], .. lines[(middle + 1)..]],
            "a line gone" => [.. lines[..middle], .. lines[(middle + 1)..]],
            "a line twice" => [.. lines[..middle], line, .. lines[middle..]],
            "no header" => lines[1..],
            _ => [],
        };
    }

    private static void AssertList(Ended ended, params string[] entries)
    {
        Assert.Equal(ConfigurationError, ended.Code);
        Assert.StartsWith("Tumbler can't start", ended.Errors, StringComparison.Ordinal);
        foreach (var entry in entries)
            Assert.Contains($"\n  {entry}", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Output, StringComparison.Ordinal);
    }
}

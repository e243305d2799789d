using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Tests.Configuration;

namespace Tumbler.Silo.Tests;

public sealed class ProgramTests
{
    [Fact]
    public async Task A_start_with_wrong_settings_ends_with_a_list_and_its_own_exit_code()
    {
        var (exitCode, output, errors) = await Run(Path.GetTempPath(), "--Engine:Kind", "double", "--Engine:Knid", "single");

        Assert.Equal(
            """
            Tumbler can't start: 2 settings are wrong.
              Engine:Kind: must be single or cluster
              Engine:Knid: unknown setting; did you mean Engine:Kind?

            """, errors);
        Assert.Equal("", output);
        Assert.Equal(Complaints.ConfigurationError, exitCode);
    }

    [Fact]
    public async Task A_start_on_a_taken_address_says_so_and_ends()
    {
        using var directory = new SettingsDirectory();
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var (exitCode, _, errors) = await Run(directory.Path, "--urls", $"http://{taken.LocalEndpoint}");

        Assert.Equal(
            $"""
            Tumbler can't start: one setting is wrong.
              urls: Failed to bind to address http://{taken.LocalEndpoint}: address already in use.

            """, errors);
        Assert.Equal(Complaints.ConfigurationError, exitCode);
    }

    [Theory]
    [InlineData("help")]
    [InlineData("--help")]
    public async Task Help_lists_the_commands(string asked)
    {
        var (exitCode, output, errors) = await Run(Path.GetTempPath(), asked);

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Contains("migrate [--Section:Key value …]", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_command_is_refused_without_repeating_it()
    {
        var (exitCode, output, errors) = await Run(Path.GetTempPath(), "s3cret", "--urls", "http://127.0.0.1:1");

        Assert.Equal((64, ""), (exitCode, output));
        Assert.Contains("There is no such command.", errors, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Storage:Kind: must be postgres; a journal has no schema to migrate")]
    [InlineData("Storage:Postgres:ConnectionString: is required; give it, or a file that holds it by Storage:Postgres:ConnectionString_FILE", "--Storage:Kind", "postgres")]
    [InlineData("Storage:Postgres:ConnectionString: names no Host, Database or Username", "--Storage:Kind", "postgres", "--Storage:Postgres:ConnectionString", "Host=db")]
    public async Task Migrating_needs_a_database_and_says_which_setting_is_missing(string complaint, params string[] settings)
    {
        var (exitCode, output, errors) = await Run(Path.GetTempPath(), ["migrate", .. settings]);

        Assert.Equal((Complaints.ConfigurationError, ""), (exitCode, output));
        Assert.Equal($"Tumbler can't start: one setting is wrong.\n  {complaint}\n", errors);
    }

    [Fact]
    public async Task A_server_that_is_away_has_an_exit_code_that_asks_for_another_start()
    {
        var (exitCode, output, errors) = await Run(
            Path.GetTempPath(), "migrate", "--Storage:Kind", "postgres", "--Storage:Postgres:ConnectionString", "Host=127.0.0.1;Port=1;Database=tumbler;Username=tumbler");

        Assert.Equal((Complaints.TemporaryFailure, ""), (exitCode, output));
        Assert.Equal(
            """
            Tumbler can't start now; later it may.
              Storage:Postgres:ConnectionString: Database 'tumbler' at 127.0.0.1:1 can't be reached: Connection refused.

            """, errors);
    }

    [Fact]
    public async Task A_check_finds_good_settings_right_and_makes_nothing()
    {
        using var directory = new SettingsDirectory();

        Assert.Equal((0, "The settings are right.\n", ""), await Run(directory.Path, "check", "--Tokens:Lifetime", "4m"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(directory.Path));
    }

    [Fact]
    public async Task A_check_ends_with_the_list_of_a_start()
    {
        using var directory = new SettingsDirectory();
        string[] wrong = ["--Engine:Knid", "single", "--Tokens:Lifetime", "1s"];

        var (exitCode, output, errors) = await Run(directory.Path, ["check", .. wrong]);

        Assert.Equal((Complaints.ConfigurationError, ""), (exitCode, output));
        Assert.Contains("2 settings are wrong", errors, StringComparison.Ordinal);
        Assert.Equal((exitCode, output, errors), await Run(directory.Path, wrong));
    }

    [Fact]
    public async Task A_check_reads_every_file_and_asks_the_database_for_one_list()
    {
        using var directory = new SettingsDirectory();
        foreach (var file in (string[])["kek.pem", "log.pem", "clients.pem"])
            await File.WriteAllTextAsync(Path.Combine(directory.Path, file), "no certificate", TestContext.Current.CancellationToken);

        var (exitCode, output, errors) = await Run(
            directory.Path, "check", "--Protection:Certificates:0:Path", "kek.pem", "--Audit:SigningCertificate:Path", "log.pem",
            "--Auth:ClientAuthorities", "clients.pem", "--Storage:Kind", "postgres",
            "--Storage:Postgres:ConnectionString", "Host=127.0.0.1;Port=1;Database=tumbler;Username=tumbler");

        Assert.Equal((Complaints.ConfigurationError, ""), (exitCode, output));
        Assert.Equal(
            ["Protection:Certificates:0:Path", "Audit:SigningCertificate:Path", "Auth:ClientAuthorities", "Storage:Postgres:ConnectionString"],
            errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Trim()[..line.Trim().IndexOf(": ", StringComparison.Ordinal)]));
    }

    [Fact]
    public async Task A_check_says_what_an_operator_should_know_about_settings_that_work()
    {
        using var directory = new SettingsDirectory();
        var key = Path.Combine(directory.Path, "key");
        await File.WriteAllTextAsync(key, new string('k', 40), TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);

        var (exitCode, output, errors) = await Run(directory.Path, "check", "--Admin:Key_FILE", "key");

        Assert.Equal((0, ""), (exitCode, errors));
        Assert.Equal("The settings are right, with one warning.\n  Admin:Key_FILE: everybody on this machine may read the file key; chmod o-rwx it\n", output);
    }

    [Fact]
    public async Task Retention_deletes_old_exports_and_a_dry_run_only_names_them()
    {
        using var directory = new SettingsDirectory();
        var old = Directory.CreateDirectory(Path.Combine(directory.Path, "data", "exports", "2020-01-01", "0f8fad5b-d9cb-469f-a165-70867728950e")).FullName;

        Assert.Equal((0, $"{old}\n", "1 export would be deleted.\n"), await Run(directory.Path, "retention", "--dry-run"));
        Assert.True(Directory.Exists(old));
        Assert.Equal((0, "", "0 exports are deleted.\n"), await Run(directory.Path, "retention", "--Retention:Exports:Keep", "3650d"));
        Assert.Equal((0, $"{old}\n", "1 export is deleted.\n"), await Run(directory.Path, "retention"));
        Assert.False(Directory.Exists(old));

        var (exitCode, _, errors) = await Run(directory.Path, "retention", "--Retention:Exports:Keep", "1h");
        Assert.Equal(Complaints.ConfigurationError, exitCode);
        Assert.Contains("Retention:Exports:Keep: must be a duration from", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--archive is required", "--before", "2026-01-01")]
    [InlineData("--archive must be given once, with a value.", "--archive")]
    [InlineData("--archive: there is no folder '/nowhere/at/all'.", "--archive", "/nowhere/at/all", "--before", "2026-01-01")]
    [InlineData("--before must be a day as YYYY-MM-DD", "--archive", ".", "--before", "2026-02-30")]
    [InlineData("--before must not lie in the future", "--archive", ".", "--before", "9999-12-31")]
    [InlineData("There is no option --dryrun.", "--archive", ".", "--before", "2026-01-01", "--dryrun")]
    [InlineData("There is no option --befor.", "--archive", ".", "--befor", "2026-01-01")]
    public async Task Pruning_says_which_rule_its_order_breaks(string complaint, params string[] arguments)
    {
        var (exitCode, output, errors) = await Run(Path.GetTempPath(), ["audit", "prune", .. arguments]);

        Assert.Equal((64, ""), (exitCode, output));
        Assert.StartsWith(complaint, errors, StringComparison.Ordinal);
        Assert.Contains("\nUsage: audit prune --archive <export folder> --before <YYYY-MM-DD>", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pruning_needs_a_store_that_is_there_and_an_archive_that_verifies()
    {
        using var directory = new SettingsDirectory();
        string[] order = ["audit", "prune", "--archive", ".", "--before", "2026-01-01"];

        var (exitCode, _, errors) = await Run(directory.Path, order);
        Assert.Equal(Complaints.ConfigurationError, exitCode);
        Assert.Contains("Storage:Journal:Directory: The data directory", errors, StringComparison.Ordinal);

        Directory.CreateDirectory(Path.Combine(directory.Path, "data"));
        Assert.Equal((1, "", "The archive does not verify.\n  checkpoint.txt: The file is missing.\n"), await Run(directory.Path, order));
    }

    private static async Task<(int ExitCode, string Output, string Errors)> Run(string directory, params string[] arguments)
    {
        var silo = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Tumbler.Silo.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        silo.Environment["DOTNET_ENVIRONMENT"] = "Development";

        using var process = Process.Start(silo)!;
        var stop = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, await output, await errors);
    }
}

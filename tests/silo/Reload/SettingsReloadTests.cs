using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Tumbler.Silo.Configuration;
using Tumbler.Silo.Reload;
using Tumbler.Silo.Tests.Configuration;

namespace Tumbler.Silo.Tests.Reload;

public sealed class SettingsReloadTests : IDisposable
{
    private const string First = "first-admin-key_0123456789_0123456789";
    private const string Second = "second-admin-key_0123456789_012345678";

    private readonly SettingsDirectory start = new();
    private readonly LinesLogged log = new();
    private readonly List<string> audited = [];
    private readonly List<string> applied = [];
    private readonly List<string> shown = [];
    private bool auditTakesIt = true;

    public void Dispose() => start.Dispose();

    [Fact]
    public async Task A_file_that_changes_is_in_use_after_the_next_look_and_in_the_audit_log_before()
    {
        start.Write("admin", First);
        var reload = Reload("--Admin:Key_FILE=admin");

        Assert.False(await Look(reload));
        start.Write("admin", $"{Second}\n");
        Assert.True(await Look(reload));
        Assert.False(await Look(reload));

        Assert.Equal(["Admin:Key"], audited);
        Assert.Equal([$"audit first: {Second}"], applied);
        Assert.Equal(["****5678"], shown);
        Assert.Equal([(LogLevel.Information, "Settings are reloaded: Admin:Key")], log.Lines);
    }

    [Fact]
    public async Task An_overlap_begins_and_ends_without_a_restart()
    {
        Settings(new() { ["Admin:Key"] = First });
        var reload = Reload();

        Settings(new() { ["Admin:Key"] = Second, ["Admin:PreviousKey"] = First });
        Assert.True(await Look(reload));
        Settings(new() { ["Admin:Key"] = Second });
        Assert.True(await Look(reload));

        Assert.Equal(["Admin:Key Admin:PreviousKey", "Admin:PreviousKey"], audited);
    }

    [Fact]
    public async Task Settings_that_are_wrong_change_nothing_and_are_logged_once()
    {
        Settings(new() { ["Admin:Key"] = First });
        var reload = Reload();

        Settings(new() { ["Admin:Key"] = Second, ["Tokens:Lifetime"] = "soon", ["Engine:Knid"] = "x" });
        Assert.False(await Look(reload));
        Assert.False(await Look(reload));

        Assert.Empty(applied);
        Assert.Empty(audited);
        var line = Assert.Single(log.Lines);
        Assert.StartsWith("The silo goes on with the settings it has, because 2 of the new ones are wrong: Tokens:Lifetime must be", line.Text, StringComparison.Ordinal);
        Settings(new() { ["Admin:Key"] = Second });
        Assert.True(await Look(reload));
    }

    [Theory]
    [InlineData("")]
    [InlineData("too short")]
    public async Task A_broken_file_leaves_what_is_there(string content)
    {
        start.Write("admin", First);
        var reload = Reload("--Admin:Key_FILE=admin");

        start.Write("admin", content);
        Assert.False(await Look(reload));
        File.Delete(Path.Combine(start.Path, "admin"));
        Assert.False(await Look(reload));

        Assert.Empty(applied);
        Assert.All(log.Lines, line => Assert.Contains("Admin:Key_FILE", line.Text, StringComparison.Ordinal));
        Assert.Equal(2, log.Lines.Count);
    }

    [Fact]
    public async Task What_can_not_be_prepared_changes_nothing_of_the_rest()
    {
        Settings(new() { ["Admin:Key"] = First });
        var reload = Reload();

        Settings(new() { ["Admin:Key"] = Second, ["Tokens:Lifetime"] = "6m" });
        start.Write("broken", "");
        Assert.False(await Look(reload));

        Assert.Empty(applied);
        Assert.Empty(audited);
        Assert.EndsWith("Tokens:Lifetime is broken", log.Lines[^1].Text, StringComparison.Ordinal);
        File.Delete(Path.Combine(start.Path, "broken"));
        Assert.True(await Look(reload));
        Assert.Equal(2, applied.Count);
    }

    [Fact]
    public async Task Without_its_audit_entry_nothing_changes_and_it_is_tried_again()
    {
        start.Write("admin", First);
        var reload = Reload("--Admin:Key_FILE=admin");
        start.Write("admin", Second);
        auditTakesIt = false;

        Assert.False(await Look(reload));
        Assert.False(await Look(reload));
        Assert.Empty(applied);
        Assert.Single(log.Lines);
        auditTakesIt = true;
        Assert.True(await Look(reload));
    }

    [Fact]
    public async Task What_takes_a_restart_is_said_once()
    {
        Settings(new() { ["Admin:Key"] = First });
        var reload = Reload();

        Settings(new() { ["Admin:Key"] = First, ["Audit:NodeName"] = "other" });
        Assert.False(await Look(reload));
        Assert.False(await Look(reload));

        Assert.Equal([(LogLevel.Warning, "Changed, but in use only after a restart: Audit:NodeName")], log.Lines);
    }

    [Fact]
    public async Task No_line_and_no_entry_holds_a_secret()
    {
        start.Write("admin", First);
        var reload = Reload("--Admin:Key_FILE=admin");

        foreach (var content in (string[])[Second, $"{Second} and more", "short", First])
        {
            start.Write("admin", content);
            await Look(reload);
        }

        Assert.DoesNotContain(log.Lines.Select(line => line.Text).Concat(audited).Concat(shown), text =>
            text.Contains(First[..10], StringComparison.Ordinal) || text.Contains(Second[..10], StringComparison.Ordinal));
    }

    private static Task<bool> Look(SettingsReload reload) => reload.Look(asked: false, TestContext.Current.CancellationToken);

    private void Settings(Dictionary<string, string> settings) => start.Write("appsettings.json", JsonSerializer.Serialize(settings));

    private SettingsReload Reload(params string[] arguments)
    {
        var source = new SettingsSource(arguments, start.Path, start.Environment, TimeProvider.System);
        SiloSettings Read(IConfiguration configuration, SettingsReader reader) => SiloSettings.Read(configuration, reader, start.RingRules);
        return new SettingsReload(
            source,
            Read,
            StartUp.Read(source, Read, start.Complaints)!.Value,
            [
                new ReloadablePart("Admin:", (settings, _) => () => applied.Add($"{(audited.Count > 0 ? "audit first" : "no audit")}: {settings.Admin.Key!.Reveal()}")),
                new ReloadablePart("Tokens:", (_, errors) =>
                {
                    if (File.Exists(Path.Combine(start.Path, "broken")))
                        errors.Add(new SettingError("Tokens:Lifetime", "is broken"));
                    return () => applied.Add("tokens");
                }),
            ],
            (names, _) =>
            {
                if (auditTakesIt)
                    audited.Add(string.Join(' ', names));
                return Task.FromResult(auditTakesIt);
            },
            (_, reader) => shown.Add(reader.Given["Admin:Key"].Shown),
            log);
    }
}

namespace Tumbler.Stories.Tests.Monitoring;

public sealed class MonitoringFilesTests(StoryRun run)
{
    private readonly MonitoringFiles files = new(run);

    [Theory]
    [InlineData("check", "rules", "alerts.yml")]
    [InlineData("test", "rules", "alerts.test.yml")]
    [InlineData("check", "config", "--syntax-only", "prometheus.yml")]
    public async Task Promtool_finds_nothing_wrong(params string[] command)
    {
        var (code, said) = await Promtool.Run([.. command[..^1], Path.Combine(files.Folder, command[^1])]);

        Assert.True(code == 0, said);
        Assert.Contains("SUCCESS", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_alert_is_tested_to_fire_and_to_be_silent()
    {
        var tests = File.ReadAllText(Path.Combine(files.Folder, "alerts.test.yml"));
        Assert.Equal(9, files.Alerts.Count);
        Assert.All(files.Alerts, alert =>
        {
            Assert.Contains($"alertname: {alert}}}", tests, StringComparison.Ordinal);
            Assert.Contains($"alertname: {alert}\n        exp_alerts:", tests, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_alert_has_its_paragraph_in_the_documentation()
    {
        var page = File.ReadAllText(Path.Combine(run.Root, "docs", "telemetry.md"));
        Assert.All(files.Alerts, alert => Assert.Contains($"| `{alert}` |", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_rules_for_tests_are_rules_too()
    {
        var hasty = Path.Combine(Directory.CreateTempSubdirectory("tumbler-rules-").FullName, "alerts.yml");
        await File.WriteAllTextAsync(hasty, files.HastyRules, TestContext.Current.CancellationToken);
        var (code, said) = await Promtool.Run(["check", "rules", hasty]);
        Directory.Delete(Path.GetDirectoryName(hasty)!, recursive: true);

        Assert.True(code == 0, said);
        Assert.DoesNotContain("m]", files.HastyRules, StringComparison.Ordinal);
    }
}

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
        var stories = string.Concat(Directory.EnumerateFiles(run.StoriesFolder, "S32_*.cs", SearchOption.AllDirectories).Select(File.ReadAllText));
        var tests = File.ReadAllText(Path.Combine(files.Folder, "alerts.test.yml"));
        Assert.Equal(9, files.Alerts.Count);
        Assert.All(files.Alerts, alert =>
        {
            Assert.Contains($"alertname: {alert}}}", tests, StringComparison.Ordinal);
            Assert.Contains($"alertname: {alert}\n        exp_alerts:", tests, StringComparison.Ordinal);
            Assert.Contains($"\"{alert}\"", stories, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_alert_has_its_line_in_the_documentation_and_a_runbook_that_is_there()
    {
        var lines = File.ReadAllLines(Path.Combine(run.Root, "docs", "telemetry.md"));
        Assert.Equal(files.Alerts, files.Runbooks.Keys);
        Assert.All(files.Runbooks, alert =>
        {
            Assert.True(File.Exists(Path.Combine(run.Root, alert.Value)), alert.Value);
            Assert.StartsWith("docs/runbooks/", alert.Value, StringComparison.Ordinal);
            Assert.Contains(lines, line =>
                line.StartsWith($"| `{alert.Key}` |", StringComparison.Ordinal) && line.Contains($"]({alert.Value["docs/".Length..]})", StringComparison.Ordinal));
        });
    }

    [Fact]
    public void Rules_and_panels_ask_for_metrics_and_labels_that_are_documented()
    {
        Assert.Subset(files.Documented.Select(row => row.Name).ToHashSet(), files.Asked);
        Assert.Subset(files.Documented.SelectMany(row => row.Labels).Concat(["job", "le"]).ToHashSet(), files.GroupedBy);
        Assert.Contains("reason", files.GroupedBy);
        Assert.Contains("job", files.GroupedBy);
    }

    [Fact]
    public async Task Every_panel_asks_in_a_language_that_Prometheus_understands()
    {
        var (code, said) = await Checked(files.PanelRules);

        Assert.True(code == 0, said);
        Assert.Contains($"{files.PanelRules.Split("record:").Length - 1} rules found", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rules_for_tests_are_rules_too()
    {
        var (code, said) = await Checked(files.HastyRules);

        Assert.True(code == 0, said);
        Assert.DoesNotContain("m]", files.HastyRules, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> Checked(string rules)
    {
        var folder = Directory.CreateTempSubdirectory("tumbler-rules-");
        var file = Path.Combine(folder.FullName, "rules.yml");
        await File.WriteAllTextAsync(file, rules, TestContext.Current.CancellationToken);
        var checkedSo = await Promtool.Run(["check", "rules", file]);
        folder.Delete(recursive: true);
        return checkedSo;
    }
}

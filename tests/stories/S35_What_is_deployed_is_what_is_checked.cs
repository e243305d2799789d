using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tumbler.Stories.Tests.Readme;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

/// <summary>As far as a machine without containers can say.</summary>
public sealed partial class S35_What_is_deployed_is_what_is_checked(StoryRun run)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly (string File, string From, string To)[] Breaks =
    [
        ("compose/compose.yaml", "read_only: true", "read_only: false"),
        ("compose/compose.yaml", "  metrics: { file: secrets/metrics }\n", ""),
        ("compose/compose.yaml", "internal: true", "internal: false"),
        ("compose/compose.yaml", "restart: on-failure", "restrat: on-failure"),
        ("compose/compose.yaml", "kek-password, log.pem", "kek-password, owner-password, log.pem"),
        ("kubernetes/silos.yaml", "readOnlyRootFilesystem: true", "readOnlyRootFilesystem: false"),
        ("kubernetes/silos.yaml", "runAsNonRoot: true", "runAsNonRoot: false"),
        ("kubernetes/silos.yaml", "path: /health/ready", "path: /health/live"),
        ("kubernetes/silos.yaml", "targetPort: https", "targetPort: http"),
        ("kubernetes/silos.yaml", "maxUnavailable: 1", "maxUnavailable: 2"),
        ("kubernetes/silos.yaml", "topologyKey: kubernetes.io/hostname", "topologyKey: topology.kubernetes.io/zone"),
        ("kubernetes/silos.yaml", "apiVersion: policy/v1", "apiVersion: policy/v1beta1"),
        ("kubernetes/network.yaml", "  podSelector: {}\n", "  podSelector: { matchLabels: { a: b } }\n"),
        ("kubernetes/namespace.yaml", "enforce: restricted", "enforce: baseline"),
    ];

    [Fact]
    public async Task A_foreign_validator_finds_the_OpenAPI_document_right()
    {
        var answer = JsonElement.Parse(await Node("openapi.mjs", Path.Combine(run.Root, "api", "OpenApi", "v1.json")));
        Assert.Equal("[]", answer.GetProperty("faults").GetRawText());
        Assert.Equal("3.1", answer.GetProperty("version").GetString()![..3]);
        Assert.True(answer.GetProperty("operations").GetInt32() > 60 && answer.GetProperty("examples").GetInt32() >= 90, answer.GetRawText());
    }

    [Fact]
    public async Task A_document_that_is_none_is_found()
    {
        using var folder = new TemporaryDirectory();
        var text = await File.ReadAllTextAsync(Path.Combine(run.Root, "api", "OpenApi", "v1.json"), TestContext.Current.CancellationToken);
        foreach (var (from, to) in ((string, string)[])[("\"openapi\": \"3.1.0\"", "\"openapi\": \"3.1.0\", \"path\": {}"), ("\"status\": \"active\"", "\"status\": \"closed\"")])
        {
            Assert.Contains(from, text, StringComparison.Ordinal);
            var broken = Path.Combine(folder.Path, "v1.json");
            await File.WriteAllTextAsync(broken, text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Assert.NotEqual(0, JsonElement.Parse(await Node("openapi.mjs", broken)).GetProperty("faults").GetArrayLength());
        }
    }

    [Fact]
    public async Task The_compose_file_and_the_manifests_hold_together() =>
        Assert.Equal("", await Node("deploy.mjs", Deploy("compose", "compose.yaml"), Deploy("kubernetes")));

    [Fact]
    public async Task Whatever_does_not_is_found()
    {
        using var folder = new TemporaryDirectory();
        var broken = new List<string>();
        foreach (var (file, from, to) in Breaks)
        {
            var copy = Directory.CreateDirectory(Path.Combine(folder.Path, $"{broken.Count}")).FullName;
            await Said("cp", "-r", Deploy("compose"), Deploy("kubernetes"), copy);
            var text = await File.ReadAllTextAsync(Path.Combine(copy, file), TestContext.Current.CancellationToken);
            Assert.Contains(from, text, StringComparison.Ordinal);
            await File.WriteAllTextAsync(Path.Combine(copy, file), text.Replace(from, to, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            broken.Add(file.StartsWith("compose", StringComparison.Ordinal) ? Path.Combine(copy, file) : Path.Combine(copy, "kubernetes"));
        }

        var found = (await Node("deploy.mjs", [.. broken])).Split('\n');
        Assert.Empty(broken.Zip(Breaks).Where(each => !found.Any(line => line.StartsWith($"{each.First}: ", StringComparison.Ordinal))).Select(each => each.Second));
    }

    [Fact]
    public async Task The_gateway_of_compose_is_right_for_nginx()
    {
        using var folder = new TemporaryDirectory();
        var secrets = Path.Combine(folder.Path, "secrets");
        await Said(Deploy("compose", "prepare"), secrets);
        var said = await Said("bash", "-c", $"sed -i 's|/run/secrets|{secrets}|' {secrets}/gateway/listen.conf && nginx -t -p {folder.Path} -c {secrets}/gateway/nginx.conf 2>&1");
        Assert.Contains("test is successful", said, StringComparison.Ordinal);
        await Said("bash", "-c", $"cd {secrets} && openssl verify -CAfile tls-ca.crt tls-silo.crt tls-postgres.crt tls-redis.crt && openssl verify -CAfile silo-ca.crt silo-1.crt silo-2.crt silo-3.crt");
    }

    [Fact]
    public async Task The_units_are_right_for_systemd_and_expose_little()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not on this machine");
        using var folder = new TemporaryDirectory();
        foreach (var unit in (string[])["tumbler@.service", "tumbler-redis.service", "tumbler-gateway.service"])
        {
            // What it starts need not be on this machine.
            var text = Executable().Replace(await File.ReadAllTextAsync(Deploy("systemd", unit), TestContext.Current.CancellationToken), "=/bin/true");
            var copy = Path.Combine(folder.Path, unit.Replace("@.", "@silo-1.", StringComparison.Ordinal));
            await File.WriteAllTextAsync(copy, text, TestContext.Current.CancellationToken);
            Assert.Equal("", await Said("bash", "-c", $"systemd-analyze verify --man=no --recursive-errors=no {copy} 2>&1"));
            await Said("systemd-analyze", "security", "--offline=true", "--no-pager", unit == "tumbler-gateway.service" ? "--threshold=40" : "--threshold=15", copy);
        }
    }

    private string Deploy(params string[] path) => Path.Combine([run.Root, "deploy", .. path]);

    private Task<string> Node(string script, params string[] files) => Said("node", [Path.Combine(run.StoriesFolder, "Deploy", script), .. files]);

    private async Task<string> Said(string program, params string[] arguments)
    {
        using var process = LoggedProcess.Start(new ProcessStartInfo(program, arguments), run.NewLog(Path.GetFileName(program)));
        var code = await process.End(Patience);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}:\n{process.Output}{process.Errors}");
        return process.Output;
    }

    [GeneratedRegex("(?<=^Exec[A-Za-z]+)=.*$", RegexOptions.Multiline)]
    private static partial Regex Executable();
}

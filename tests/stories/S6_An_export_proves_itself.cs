using System.Diagnostics;
using Tumbler.Stories.Tests.Silos;

namespace Tumbler.Stories.Tests;

/// <summary>As somebody who trusts nobody would do it: fetches the files over HTTP and verifies them elsewhere, with the
/// server gone.</summary>
public sealed class S6_An_export_proves_itself(StoryRun run)
{
    [Fact]
    public async Task Fetched_then_verified_by_OpenSSL_and_by_the_command_and_refused_after_a_changed_byte()
    {
        using var home = new SiloHome(run, "export");
        var folder = Path.Combine(home.Directory, "fetched");
        Directory.CreateDirectory(folder);
        await using (var silo = await home.Start())
        {
            await silo.Admin.CreateOrganization("acme");
            await silo.Admin.CreateApiKey("acme", "https://invoices.example");
            var export = await silo.Admin.ExportAudit("acme");
            await Until.True("the export is made", TimeSpan.FromSeconds(30), async () => (export = await silo.Admin.Export(export.Id)).Status == "completed");
            Assert.Equal((3, 3), (export.EntriesDone, export.EntriesTotal));
            foreach (var file in export.Files!)
                await File.WriteAllBytesAsync(Path.Combine(folder, file), await silo.Admin.ExportFile(export.Id, file), TestContext.Current.CancellationToken);
            Assert.True((await silo.Admin.VerifyAudit()).Valid);
        }

        var certificate = Path.Combine(folder, "certificate.pem");
        string[] openssl = ["cms", "-verify", "-binary", "-content", Path.Combine(folder, "audit.jsonl"), "-inform", "DER", "-in", Path.Combine(folder, "audit.jsonl.p7s"), "-CAfile", certificate, "-out", "/dev/null"];
        string[] command = [run.SiloAssembly, "audit", "verify", folder, "--certificate", certificate];
        Assert.Equal(0, (await Run("openssl", openssl)).Code);
        var verified = await Run("dotnet", command);
        Assert.Equal((0, ""), (verified.Code, verified.Errors));
        Assert.Contains("chain org:acme only: 3 entries", verified.Output, StringComparison.Ordinal);

        var log = Path.Combine(folder, "audit.jsonl");
        await File.WriteAllTextAsync(log, (await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken)).Replace("\"seq\":2", "\"seq\":7", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Assert.NotEqual(0, (await Run("openssl", openssl)).Code);
        var refused = await Run("dotnet", command);
        Assert.Equal((1, ""), (refused.Code, refused.Output));
        Assert.Contains("audit.jsonl, line 2, chain org:acme, entry 2: ", refused.Errors, StringComparison.Ordinal);

        Assert.Equal(2, (await Run("dotnet", [run.SiloAssembly, "audit", "verify", folder])).Code);
        Assert.Equal(2, (await Run("dotnet", [run.SiloAssembly, "audit", "verify", folder, "--certificate", log])).Code);
        Assert.Equal(2, (await Run("dotnet", [run.SiloAssembly, "audit", "verify", Path.Combine(folder, "none"), "--certificate", certificate])).Code);
    }

    private static async Task<(int Code, string Output, string Errors)> Run(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var stop = TestContext.Current.CancellationToken;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        return (process.ExitCode, await output, await errors);
    }
}

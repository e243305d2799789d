using System.Diagnostics;
using Tumbler.Cli.Tests.Scripts;

namespace Tumbler.Cli.Tests.Keys;

/// <summary>Keys out and in, with openssl as the other end.</summary>
public sealed class TransferTests(RunningServer server) : ScriptTests(server)
{
    private const string Password = "correct-horse-battery";

    [Fact]
    public async Task An_exported_key_lies_in_a_file_of_its_own_that_openssl_reads()
    {
        var kid = await SigningKeyOf("exported");
        Folder.Write("password", $"{Password}\n");

        var said = await Admin.Run($"keys export {kid} --ring exported --password-file password --out key.pem");

        said.Is(0, "", "Key <id> of ring exported is in key.pem, encrypted.");
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Folder.File("key.pem")));
        Assert.Contains("ASN1 OID: prime256v1", await OpenSsl("pkey", "-in", "key.pem", "-passin", "file:password", "-noout", "-text"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_pkcs12_the_file_is_the_pfx_itself()
    {
        var kid = await SigningKeyOf("packed");

        Assert.Equal(0, (await (Admin with { Input = $"{Password}\n" }).Run($"keys export {kid} --ring packed --format pkcs12 --out key.pfx")).Code);

        Folder.Write("password", Password);
        Assert.Contains("BEGIN CERTIFICATE", await OpenSsl("pkcs12", "-in", "key.pfx", "-passin", "file:password", "-nodes"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_file_the_key_is_printed_and_the_password_never()
    {
        var kid = await SigningKeyOf("printed");
        var script = Admin with { Input = $"{Password}\n" };

        var text = await script.Run($"keys export {kid} --ring printed");
        var json = await script.Run($"keys export {kid} --ring printed --json");

        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----\n", text.Output, StringComparison.Ordinal);
        Assert.EndsWith("-----END ENCRYPTED PRIVATE KEY-----\n", text.Output, StringComparison.Ordinal);
        Assert.Equal("pkcs8", json.Document().GetProperty("format").GetString());
        Assert.DoesNotContain(Password, text.Output + text.Errors + json.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task At_a_terminal_a_password_is_typed_twice_and_not_shown()
    {
        var kid = await SigningKeyOf("typed");

        var said = await (Admin with { AtTerminal = true, Hidden = Password }).Run($"keys export {kid} --ring typed --out key.pem");

        said.Is(0, "", """
            Type a password for the export (it is not shown): 
            Type a password for the export again (it is not shown): 
            Key <id> of ring typed is in key.pem, encrypted.
            """);
    }

    [Fact]
    public async Task A_file_that_is_there_is_not_replaced_and_nothing_is_exported()
    {
        var kid = await SigningKeyOf("kept");
        Folder.Write("key.pem", "the only copy");

        (await (Admin with { Input = $"{Password}\n" }).Run($"keys export {kid} --ring kept --out key.pem")).Is(
            73, "", "tumbler: key.pem can't be written: there is a file of this name, and it is not replaced.");
        (await (Admin with { Input = $"{Password}\n" }).Run($"keys export {kid} --ring kept --out nowhere/key.pem")).Is(
            73, "", "tumbler: nowhere/key.pem can't be written: its directory is not there.");

        Assert.Equal("the only copy", await File.ReadAllTextAsync(Folder.File("key.pem"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_weak_password_is_refused_by_the_server()
    {
        var said = await (Admin with { Input = "short\n" }).Run($"keys export {await SigningKeyOf("weak")} --ring weak");

        Assert.Equal((2, ""), (said.Code, said.Output));
        Assert.StartsWith("tumbler: password ", said.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("short", said.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pem", "pkcs8", "-topk8", "-in", "plain.pem", "-passout", "file:password", "-out", "key.pem")]
    [InlineData("pfx", "pkcs12", "-export", "-inkey", "plain.pem", "-in", "cert.pem", "-passout", "file:password", "-out", "key.pfx")]
    public async Task A_key_that_openssl_made_comes_in(string kind, params string[] pack)
    {
        var ring = $"imported{kind}";
        await Given($"rings put {ring} --algorithm ES256");
        Folder.Write("password", Password);
        await OpenSsl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "plain.pem", "-out", "cert.pem", "-subj", "/CN=old", "-days", "2");
        await OpenSsl(pack);

        (await Admin.Run($"keys import key.{kind} --ring {ring} --signs --password-file password")).Is(0, """
            kid           <id>
            no            3
            algorithm     ES256
            state         signing
            origin        imported
            published at  <time>
            signs from    <time>
            signs until   <time>
            expires at    <time>
            """);
    }

    [Fact]
    public async Task What_is_no_key_a_wrong_password_and_no_file_are_told_apart()
    {
        Folder.Write("password", Password);
        Folder.Write("nonsense.pem", "-----BEGIN NONSENSE-----\n");

        var nonsense = await Admin.Run("keys import nonsense.pem --signs --password-file password");
        (await Admin.Run("keys import missing.pem --signs --password-file password")).Is(
            66, "", $"tumbler: missing.pem with the key can't be read: Could not find file '{Folder.File("missing.pem")}'.");
        (await Admin.Run("keys import nonsense.pem --signs --password-file missing")).Is(
            66, "", $"tumbler: missing with the password of the key can't be read: Could not find file '{Folder.File("missing")}'.");

        Assert.Equal((2, ""), (nonsense.Code, nonsense.Output));
        Assert.StartsWith("tumbler: data ", nonsense.Errors, StringComparison.Ordinal);
    }

    private async Task<string> SigningKeyOf(string ring) =>
        (await Given($"rings put {ring} --algorithm ES256 --json")).Document().GetProperty("status").GetProperty("signing_kid").GetString()!;

    private async Task<string> OpenSsl(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { WorkingDirectory = Folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await errors);
        return output;
    }
}

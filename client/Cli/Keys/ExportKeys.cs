using System.Text;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Keys;

internal static class ExportKeys
{
    public static Verb Verb(Frame frame)
    {
        var (kid, ring) = (IdArgument.Kid(), IdArgument.InRing());
        var format = KeyFile.FormatOption("PEM, or a PFX with a self-signed certificate [default: pkcs8].");
        var password = Words.Text("--password-file", "file", "Holds the password of 16 to 128 printable ASCII characters; - for standard input. Else it is asked for.");
        var output = Words.Text("--out", "file", "A new file for the encrypted key; standard output without.");
        return new Verb(
            frame, "export", "Exports a private key, encrypted under a password, for migration or backup. For owners.",
            "tumbler keys export 0b6a1f0e-6d0b-4c57-9f0e-2f5b7a1c9d3e --out key.pem",
            "tumbler keys export 0b6a1f0e-6d0b-4c57-9f0e-2f5b7a1c9d3e --format pkcs12 --password-file password --out key.pfx")
        {
            kid, ring, format, password, output,
        }.Does(async (words, session, stop) =>
        {
            var (file, chosen) = (words.GetValue(output), words.GetValue(format) ?? KeyFile.Pkcs8);
            if (SecretOutput.Check(session.Call, file) is { } taken)
                return session.Terminal.Fail(taken);
            if (!SecretInput.AskNew(session.Call, words.GetValue(password), "a password for the export").TryGet(out var secret, out var failure))
                return session.Terminal.Fail(failure);

            var exporting = session.Server.Send(
                HttpMethod.Post, $"{KeysNoun.PathOf(words.GetValue(ring), words.GetValue(kid))}/export", new ExportKey(chosen, secret),
                CliJson.Default.ExportKey, CliJson.Default.ExportedKey, stop);
            return file is null ? await session.Show(exporting, Print) : await Write(session, file, exporting);
        });
    }

    private static void Print(Terminal terminal, ExportedKey key) => terminal.Output.WriteLine(key.Data.TrimEnd());

    private static async Task<int> Write(Session session, string file, Task<Outcome<Answer<ExportedKey>>> exporting)
    {
        if (!(await exporting).TryGet(out var answer, out var failure) || !answer.Read().TryGet(out var key, out failure))
            return session.Terminal.Fail(failure);
        var content = key.Format == KeyFormat.Pkcs12 ? Convert.FromBase64String(key.Data) : Encoding.ASCII.GetBytes(key.Data);
        if (SecretOutput.Write(session.Call, file, content) is { } refused)
            return session.Terminal.Fail(refused);
        // With --json the key is in the file all the same, and the document without it would be another shape.
        session.Terminal.Note($"Key {key.Kid} of ring {key.Ring} is in {file}, encrypted.");
        return ExitCode.Done;
    }
}

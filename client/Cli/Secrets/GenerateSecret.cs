using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Secrets;

/// <summary><c>tumbler secrets generate</c>: asks nobody, and keeps nothing.</summary>
internal static class GenerateSecret
{
    public static Command Of(Frame frame)
    {
        var kind = new Argument<string>("kind")
        {
            Description = $"{string.Join("; ", SecretKind.All.Select(each => $"{each.Name}: {each.Use}"))}.",
        };
        kind.AcceptOnlyFromAmong([.. SecretKind.All.Select(each => each.Name)]);
        var output = new Option<string?>("--out")
        {
            HelpName = "file", Description = "Writes it to a new file that only you may read (mode 0600), in place of standard output.",
        };

        return new Verb(
            frame, "generate", "Draws a strong secret from the system's random numbers.",
            "tumbler secrets generate admin-key --out secrets/admin",
            "tumbler secrets generate password | sudo tee /run/secrets/kek-password >/dev/null")
        {
            kind,
            output,
        }.Does((words, session, _) => Task.FromResult(Generate(
            session, SecretKind.All.Single(each => each.Name == words.GetRequiredValue(kind)), words.GetValue(output))));
    }

    private static int Generate(Session session, SecretKind kind, string? file)
    {
        var (terminal, secret) = (session.Terminal, kind.Draw());
        if (file is not null && SecretOutput.Write(session.Call, file, Encoding.ASCII.GetBytes($"{secret}\n")) is { } failure)
            return terminal.Fail(failure);

        if (terminal.IsJson)
        {
            var answer = new JsonObject { ["kind"] = kind.Name, [file is null ? "secret" : "file"] = file is null ? secret : session.Call.PathOf(file) };
            terminal.Json(JsonSerializer.SerializeToUtf8Bytes(answer, OperationsJson.Default.JsonObject));
        }
        else if (file is null)
        {
            terminal.Line(secret);
        }
        else
        {
            terminal.Note($"{file} holds a new secret for {kind.Use}.");
        }

        return ExitCode.Done;
    }
}

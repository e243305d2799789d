using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Cli.Terminals;
using Tumbler.Contracts.ApiKeys;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Cli.ApiKeys;

internal static class VerifyApiKeys
{
    public static Verb Verb(Frame frame)
    {
        var file = Words.Text("--file", "file", "Holds the key; - for standard input. Else it is asked for.");
        var scopes = Words.Texts("--scope", "scope", "A scope that it must have.");
        var address = Words.Text("--address", "address", "Where it is used from.");
        var audience = Words.Text("--audience", "url", "The service it is shown to.");
        return new Verb(
            frame, "verify", "Asks whether an API key is good, and for what. The exit code is 1 when it is not.",
            "tumbler api-keys verify --file billing.key --scope invoices:read", "printenv KEY | tumbler api-keys verify --file - --json")
        {
            file, scopes, address, audience,
        }.Does(async (words, session, stop) =>
        {
            if (!SecretInput.Ask(session.Call, words.GetValue(file), "the API key").TryGet(out var key, out var failure))
                return session.Terminal.Fail(failure);

            var asked = await session.Server.Send(
                HttpMethod.Post, "/api/v1/api-keys/verify",
                new VerifyApiKey(key, words.Given(scopes), words.GetValue(address), words.GetValue(audience)),
                CliJson.Default.VerifyApiKey, CliJson.Default.ApiKeyVerdict, stop);
            var shown = await session.Show(Task.FromResult(asked), Draw);
            if (shown != ExitCode.Done || !asked.TryGet(out var answer, out _))
                return shown;
            if (!answer.Read().TryGet(out var verdict, out failure))
                return session.Terminal.Fail(failure);
            if (verdict.Valid)
                return ExitCode.Done;

            // A typing error shows in the checksum, and the server says no more about it than about any other bad key.
            if (!ApiKeyText.TryParse(key, out _))
                session.Terminal.Note("It has not the form and checksum of a key of this product: was it copied whole?");
            return ExitCode.No;
        });
    }

    private static void Draw(Terminal terminal, ApiKeyVerdict verdict)
    {
        if (verdict.Valid)
        {
            terminal.Facts(
                ("valid", new Cell("yes", Cell.Good)), ("org", verdict.Org?.Value), ("id", verdict.KeyId?.ToString()), ("scopes", Cell.Of(verdict.Scopes ?? [])));
        }
        else
        {
            terminal.Facts(("valid", new Cell("no", Cell.Bad)), ("reason", verdict.Reason));
        }
    }
}

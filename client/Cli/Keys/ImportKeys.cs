using System.CommandLine;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Contracts.Keys;

namespace Tumbler.Cli.Keys;

internal static class ImportKeys
{
    public static Verb Verb(Frame frame)
    {
        var file = new Argument<string>("file") { Description = "An encrypted key: PEM text (ENCRYPTED PRIVATE KEY) or a PFX." };
        var ring = IdArgument.InRing();
        var format = KeyFile.FormatOption("What the file is; else it is seen from its beginning.");
        var password = Words.Text("--password-file", "file", "Holds the password of the key; - for standard input. Else it is asked for.");
        var kid = Words.Text("--kid", "kid", "The UUID by which tokens name the key; a new one when left out.");
        var algorithm = Words.Text("--algorithm", "name", "One that fits the key.");
        var signs = new Option<bool?>("--signs") { Description = "It signs from now on. Otherwise it only verifies, until --expires-at." };
        var expires = Words.Text("--expires-at", "time", "When it leaves the JWKS (RFC 3339); at most 366 days from now.");
        return new Verb(
            frame, "import", "Brings a key in from elsewhere; it is published at once. For owners.",
            "tumbler keys import old.pem --expires-at 2027-01-01T00:00:00Z",
            "tumbler keys import old.pfx --signs --ring payments --password-file password")
        {
            file, ring, format, password, kid, algorithm, signs, expires,
        }.Does(async (words, session, stop) =>
        {
            if (!KeyFile.Read(session.Call, words.GetRequiredValue(file), words.GetValue(format)).TryGet(out var key, out var failure)
                || !SecretInput.Ask(session.Call, words.GetValue(password), "the password of the key").TryGet(out var secret, out failure))
            {
                return session.Terminal.Fail(failure);
            }

            return await session.Show(
                session.Server.Send(
                    HttpMethod.Post, $"{KeysNoun.PathOf(words.GetValue(ring))}/import",
                    new ImportKey(
                        key.Format, key.Data, secret, words.GetValue(kid), words.GetValue(algorithm), words.GetValue(signs), words.GetValue(expires)),
                    CliJson.Default.ImportKey, CliJson.Default.KeyView, stop),
                KeyFacts.Draw);
        });
    }
}

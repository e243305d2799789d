using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;
using Tumbler.Core.ApiKeys;

namespace Tumbler.Cli.Logins;

/// <summary>Keeps a server's address and a credential that it has accepted.</summary>
internal static class LogIn
{
    public static Verb Verb(Frame frame) => new Verb(
        frame, "login", "Keeps a server's address and a credential for the commands that follow, once the server has accepted it.",
        "tumbler login --server https://tokens.example", "tumbler login --server http://127.0.0.1:8080 --key-file data/admin.key")
        .Does(async (words, session, stop) =>
        {
            var (call, terminal, options) = (session.Call, session.Terminal, frame.Options);
            var server = words.GetValue(options.Server) ?? call.Variable(Connecting.UrlVariable);
            if (server is null)
                return terminal.Fail(new Failure(ExitCode.Usage, "Which server?", "tumbler login --server https://tokens.example"));
            if (!ServerAddress.Parse(server, call).TryGet(out var address, out var failure)
                || !Secret(call, words.GetValue(options.KeyFile)).TryGet(out var key, out failure)
                || !Credential.Parse(key, "What was given").TryGet(out var credential, out failure))
            {
                return terminal.Fail(failure);
            }

            using var trying = new Server(new Connection(address, credential));
            if (!(await trying.Exchange(Question(key), (_, _) => Task.FromResult(true), stop)).TryGet(out _, out failure))
                return terminal.Fail(failure with { Next = failure.Code == ExitCode.NotAllowed ? "Nobody was logged in." : failure.Next });

            var file = LoginFile.Of(call);
            if (file.Write(new Login(ServerAddress.Text(address), key)) is { } refused)
                return terminal.Fail(refused);
            terminal.Note($"Logged in to {ServerAddress.Text(address)}. The credential is in {file.Path}, which only you can read.");
            return ExitCode.Done;
        });

    private static Outcome<string> Secret(CliCall call, string? keyFile)
    {
        var file = keyFile ?? call.Variable(Connecting.KeyFileVariable);
        return file is null && call.Variable(Connecting.KeyVariable) is { } key ? key : SecretInput.Ask(call, file, "the admin key");
    }

    /// <summary>What whoever holds such a credential may ask: an organisation only about itself.</summary>
    private static HttpRequestMessage Question(string key) => new(
        HttpMethod.Get, ApiKeyText.TryParse(key, out var apiKey) ? $"/api/v1/organizations/{apiKey.Org}" : "/api/v1/admin/cluster");
}

using System.CommandLine;
using System.Net.Http.Headers;
using System.Text;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Commands;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Clients;

/// <summary>A registration is one document with a key set in it: it comes from a file, and goes to the server as it is.</summary>
internal static class PutClients
{
    /// <summary>What the server takes.</summary>
    private const int LongestDocument = 102_400;

    public static Verb Create(Frame frame)
    {
        var (org, file) = (IdArgument.Org(), File());
        return new Verb(
            frame, "create", "Registers a client; what a registration holds is in docs/http.md#registered-clients.",
            "tumbler clients create acme --file billing.json", "tumbler clients create acme --file - <billing.json")
        {
            org, file,
        }.Does((words, session, stop) => Send(session, HttpMethod.Post, ClientsNoun.PathOf(words.GetValue(org)), words.GetRequiredValue(file)!, stop));
    }

    public static Verb Replace(Frame frame)
    {
        var (client, file) = (IdArgument.Client(), File());
        return new Verb(
            frame, "replace", "Replaces a client's registration as a whole: what the file does not name is gone.",
            "tumbler clients replace acme_client_4vT0p9QeLw2ZsXc8RkBn --file billing.json")
        {
            client, file,
        }.Does((words, session, stop) => Send(session, HttpMethod.Put, ClientsNoun.PathOf(words.GetValue(client)), words.GetRequiredValue(file)!, stop));
    }

    private static Option<string?> File()
    {
        var file = Words.Text("--file", "file", "The registration, as JSON; - for standard input.");
        file.Required = true;
        return file;
    }

    private static async Task<int> Send(Session session, HttpMethod method, string path, string file, CancellationToken stop)
    {
        if (!Read(session.Call, file).TryGet(out var document, out var failure))
            return session.Terminal.Fail(failure);
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(document));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await session.Show(session.Server.Send(method, path, body, CliJson.Default.ClientView, stop), ClientFacts.Draw);
    }

    private static Outcome<string> Read(CliCall call, string file)
    {
        try
        {
            if (file == SecretInput.StandardInput)
                return call.Input.ReadToEnd();
            var info = new FileInfo(call.PathOf(file));
            return info is { Exists: true, Length: > LongestDocument }
                ? new Failure(ExitCode.BadData, $"{file} is no registration: it has more than {LongestDocument} bytes.")
                : System.IO.File.ReadAllText(info.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(ExitCode.NoInput, $"{file} with the registration can't be read: {e.Message}");
        }
    }
}

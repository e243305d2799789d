using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tumbler.Cli.Tests.Scripts;

/// <summary>How a command ended and what it printed.</summary>
internal sealed partial record Said(int Code, string Output, string Errors)
{
    /// <summary>Compares with what is different in every run put as a name: <c>&lt;id&gt;</c>, <c>&lt;time&gt;</c>.</summary>
    /// <param name="errorsEndLine">False when a question is the last that was said: the answer's line end is the user's.</param>
    public Said Is(int code, string output = "", string errors = "", bool errorsEndLine = true)
    {
        var (expected, said) = (Whole(code, Text(output), errorsEndLine ? Text(errors) : errors), Whole(Code, Normal(Output), Normal(Errors)));
        Assert.True(expected == said, $"Expected:\n{expected}\nSaid:\n{said}");
        return this;
    }

    private static string Whole(int code, string output, string errors) => $"{output}--- errors\n{errors}--- exit {code}";

    /// <summary>It is one JSON document, and nothing else was said.</summary>
    public JsonElement Document()
    {
        Assert.Equal((0, ""), (Code, Errors));
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    public static string Normal(string text)
    {
        text = Uuid().Replace(text, "<id>");
        text = Time().Replace(text, "<time>");
        text = ApiKey().Replace(text, "<key>");
        text = Server().Replace(text, "<server>");
        text = ErrorId().Replace(text, "<error>");
        text = ClientId().Replace(text, "$1_client_<id>");
        return Fingerprint().Replace(text, "<print>");
    }

    /// <summary>A raw string ends without a line's end; what a program prints, with one.</summary>
    private static string Text(string expected) => expected.Length == 0 || expected.EndsWith('\n') ? expected : expected + "\n";

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{3})?Z")]
    private static partial Regex Time();

    [GeneratedRegex("[A-Za-z0-9_]{3,50}_api_[0-9A-Za-z]{38}")]
    private static partial Regex ApiKey();

    [GeneratedRegex("([A-Za-z0-9_]{3,50})_client_[0-9A-Za-z]{20}")]
    private static partial Regex ClientId();

    [GeneratedRegex("http://127.0.0.1:[0-9]+")]
    private static partial Regex Server();

    [GeneratedRegex("ERR-[0-9a-f]{12}")]
    private static partial Regex ErrorId();

    [GeneratedRegex(@"\b[0-9a-f]{16}\b")]
    private static partial Regex Fingerprint();
}

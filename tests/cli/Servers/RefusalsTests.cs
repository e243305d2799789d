using System.Net;
using System.Text;
using Tumbler.Cli.Calls;
using Tumbler.Cli.Servers;

namespace Tumbler.Cli.Tests.Servers;

/// <summary>Every answer that says no has an exit code, and says what to do where something can be done.</summary>
public sealed class RefusalsTests
{
    [Theory]
    [InlineData(400, 2, null)]
    [InlineData(401, 77, "`tumbler login --server https://s` takes another one.")]
    [InlineData(403, 77, "Who may what: docs/http.md#rights.")]
    [InlineData(404, 2, null)]
    [InlineData(409, 2, null)]
    [InlineData(413, 2, null)]
    [InlineData(429, 75, "Try again in 7 s.")]
    [InlineData(500, 70, "The server's log says more under ERR-6cea60c5e5e6.")]
    [InlineData(503, 69, "Try again in 7 s.")]
    public void A_problem_document_is_told_in_its_own_words(int status, int code, string? next) => Assert.Equal(
        new Failure(code, "No.", next),
        Of(status, """{"type":"urn:x","error":"some_error","message":"No.","error_id":"ERR-6cea60c5e5e6"}"""));

    [Theory]
    [InlineData(404, "<html>not here</html>")]
    [InlineData(502, "")]
    [InlineData(400, "[]")]
    [InlineData(400, "{}")]
    [InlineData(500, "{\"message\":7}")]
    public void Somebody_else_answered(int status, string body) => Assert.Equal(
        new Failure(
            69, $"https://s answered {status}, and not as Tumbler does.", "Check the address: something else may answer there, or a proxy in front of it."),
        Of(status, body));

    [Fact]
    public void Several_broken_rules_stand_below_each_other() => Assert.Equal(new Failure(2, "2 rules are broken:", "  A must.\n  B must."), Of(
        400, """{"message":"A must. B must.","fields":[{"field":"a","rule":"r","message":"A must."},{"field":"b","rule":"r","message":"B must."}]}"""));

    private static Failure Of(int status, string body) => Refusals.Of("https://s", (HttpStatusCode)status, Encoding.UTF8.GetBytes(body), retryAfter: 6.2);
}

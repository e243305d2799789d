using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Core.Audit;

namespace Tumbler.Core.Tests.Audit;

public sealed class AuditRedactionTests
{
    private const string ApiKey = "acme_api_0123456789abcdefghijABCDEFGHIJ0123456789";

    [Fact]
    public void What_a_draft_forgot_to_hide_does_not_get_into_the_log()
    {
        var details = new Dictionary<string, string>
        {
            ["reason"] = $"{ApiKey} was found in a mail of ann@example.com",
            ["client_secret"] = "0123456789abcdef",
            ["full_name"] = "Иванов Иван Иванович",
            ["fingerprint"] = "0123456789abcdef",
            ["email"] = "a***@example.com",
        };
        var draft = new AuditDraft(null, AuditAction.Update, AuditResource.Config, "node", AuditStatus.Success, details);

        var (entries, head) = AuditChain.Append("node:a", AuditHead.Empty, [draft], CallContext.Internal("test"), default, new AuditKey("an audit key for nothing but tests"u8));

        Assert.Equal(
            ["client_secret=****cdef", "email=a***@example.com", "fingerprint=0123456789abcdef", "full_name=И*** И*** И***", "reason=****6789 was found in a mail of a***@example.com"],
            entries[0].Details.Select(detail => $"{detail.Key}={detail.Value}"));
        Assert.Null(AuditChain.Verify("node:a", entries, head, new AuditKey("an audit key for nothing but tests"u8)));
    }
}

using Tumbler.Contracts.Audit;
using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Keys;
using Tumbler.Core.Keys;
using static Tumbler.Core.Tests.Keys.Rings;

namespace Tumbler.Core.Tests.Keys;

public sealed class KeyTransferTests
{
    [Fact]
    public void A_key_that_signs_takes_over_and_the_prepared_one_follows_at_its_promised_instant()
    {
        var ring = Made(KeyTransfer.Import(New(), new ImportedKey(Foreign(1), Signs: true, At(100)), At(5)), At(5));

        Assert.Equal((3, KeyOrigin.Imported), (ring.SignerAt(At(5))!.Ordinal, ring.SignerAt(At(5))!.Origin));
        Assert.Equal((At(5), At(24), At(100)), (ring.Keys[2].SignsFrom, ring.Keys[2].SignsUntil, ring.Keys[2].ExpiresAt));
        Assert.Equal(At(5), ring.Keys[0].SignsUntil);
        Assert.Equal(2, ring.SignerAt(At(24))!.Ordinal);
        Assert.Equal([3L, 2, 1], ring.PublishedAt(At(5)).Select(key => key.Ordinal));
        Assert.Null(ring.Ticked(At(5.1)).Keys[0].PrivateKey);
        Assert.Equal(1, ring.RotationsBy(At(6)));
    }

    [Fact]
    public void A_key_that_verifies_only_changes_nothing_about_signing_and_leaves_no_private_half()
    {
        var before = New();
        var ring = Made(KeyTransfer.Import(before, new ImportedKey(Foreign(1), Signs: false, At(200)), At(5)), At(5));

        Assert.Equal(before.Keys, ring.Keys.Take(2));
        Assert.Equal((null, At(5), At(200)), (ring.Keys[2].PrivateKey, ring.Keys[2].PublishedAt, ring.Keys[2].ExpiresAt));
        Assert.Equal(0, ring.RotationsBy(At(6)));
        Assert.Equal(RingReport.Keys(before, At(300)).Count(key => key.Active), RingReport.Keys(ring, At(300)).Count(key => key.Active));
        Assert.Contains(ring.PublishedAt(At(199.9)), key => key.Ordinal == 3);
        Assert.DoesNotContain(ring.Ticked(At(200)).PublishedAt(At(200)), key => key.Ordinal == 3);
    }

    [Fact]
    public void One_that_is_revoked_after_its_import_verifies_no_more()
    {
        var ring = Made(KeyTransfer.Import(New(), new ImportedKey(Foreign(1), Signs: true, null), At(5)), At(5));
        ring = Made(RingCommands.Revoke(ring, ring.Keys[2].Kid, null, At(6)), At(6));

        Assert.Equal(2, ring.SignerAt(At(6))!.Ordinal);
        Assert.DoesNotContain(ring.PublishedAt(At(6)), key => key.Ordinal == 3);
        Assert.Equal(ErrorCode.AlreadyExists, KeyTransfer.Import(ring, new ImportedKey(Foreign(1), Signs: true, null), At(7)).Refusal?.Code);
    }

    [Fact]
    public void An_export_changes_the_log_and_nothing_else()
    {
        var ring = New();

        var change = KeyTransfer.Export(ring, ring.Keys[0].Kid, KeyFormat.Pkcs12, At(1)).Value!;

        Assert.Same(ring, change.Next);
        var draft = Assert.Single(change.Audit);
        Assert.Equal((AuditAction.Execute, AuditResource.SigningKey, "export", "pkcs12"), (draft.Action, draft.ResourceType, draft.Details["operation"], draft.Details["format"]));
        var later = ring.Ticked(At(24.1));
        Assert.Equal(ErrorCode.Conflict, KeyTransfer.Export(later, later.Keys[0].Kid, KeyFormat.Pkcs8, At(24.1)).Refusal?.Code);
    }

    [Fact]
    public void Rewrapped_keys_are_the_same_keys_and_the_log_says_how_many_and_for_whom()
    {
        var ring = New();
        var blob = new ProtectedKey(new byte[] { 9 });

        var change = RingProtection.Rewrap(ring, [(ring.Keys[1], blob)], ["aa", "bb"], At(1));

        Assert.Equal([ring.Keys[0], ring.Keys[1] with { PrivateKey = blob }], change.Next.Keys);
        var draft = Assert.Single(change.Audit);
        Assert.Equal((AuditAction.Update, AuditResource.Ring, "1", "aa bb"), (draft.Action, draft.ResourceType, draft.Details["keys"], draft.Details["recipients"]));
        Assert.Empty(RingProtection.Rewrap(ring, [], ["aa"], At(1)).Audit);
    }
}

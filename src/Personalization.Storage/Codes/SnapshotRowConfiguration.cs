using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Personalization.Codes;
using Personalization.Votes;

namespace Personalization.Storage.Codes;

internal sealed class SnapshotRowConfiguration : IEntityTypeConfiguration<SnapshotRow>
{
    public void Configure(EntityTypeBuilder<SnapshotRow> builder)
    {
        builder.ToTable("Snapshots");

        // A code names one snapshot for ever.
        builder.HasKey(snapshot => snapshot.Code);
        builder.Property(snapshot => snapshot.Code).HasMaxLength(PersonalizationCode.Length);

        // The same votes and likes are one code, whichever program names it first.
        builder.Property(snapshot => snapshot.Ballots).HasMaxLength(BallotsHash.Length);
        builder.HasIndex(snapshot => new { snapshot.Owner, snapshot.Ballots }).IsUnique();
    }
}

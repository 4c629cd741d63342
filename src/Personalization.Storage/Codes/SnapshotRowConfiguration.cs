using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Personalization.Codes;

namespace Personalization.Storage.Codes;

internal sealed class SnapshotRowConfiguration : IEntityTypeConfiguration<SnapshotRow>
{
    public void Configure(EntityTypeBuilder<SnapshotRow> builder)
    {
        builder.ToTable("Snapshots");

        // A code names one snapshot for ever.
        builder.HasKey(snapshot => snapshot.Code);
        builder.Property(snapshot => snapshot.Code).HasMaxLength(PersonalizationCode.Length);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Personalization.Storage.Imagine;

internal sealed class ImagineJobRowConfiguration : IEntityTypeConfiguration<ImagineJobRow>
{
    public void Configure(EntityTypeBuilder<ImagineJobRow> builder)
    {
        builder.ToTable("ImagineJobs");

        // The interaction's id: asking twice is one job.
        builder.HasKey(job => job.Id);
        builder.Property(job => job.Id).ValueGeneratedNever();

        // A person's newest job.
        builder.HasIndex(job => new { job.PersonId, job.AcceptedAt });

        // Whose answer a deleted message was.
        builder.HasIndex(job => job.MessageId).HasFilter("\"MessageId\" IS NOT NULL");

        // Each preview once for a person.
        builder.HasIndex(job => new { job.PersonId, job.PreviewAt }).IsUnique().HasFilter("\"PreviewAt\" IS NOT NULL").HasDatabaseName("IX_ImagineJobs_Preview");

        // How many jobs wait, of a person and of all, without reading a row: SQLite covers a query by an index only if the
        // filter's column is in it too.
        builder.HasIndex(job => new { job.State, job.PersonId }).HasFilter("\"State\" = 0").HasDatabaseName("IX_ImagineJobs_Waiting");

        // Only what is unfinished (neither delivered, 2, nor closed, 4), so that the index stays as small as the queue.
        builder.HasIndex(job => job.AcceptedAt).HasFilter("\"State\" NOT IN (2, 4)").HasDatabaseName("IX_ImagineJobs_Unfinished");
    }
}

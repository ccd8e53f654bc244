/// All routes. A resource is a file with its routes, and a line here.
enum Routes {
    static let all: [Route] =
        SystemRoutes.all + LeadListRoutes.all + LeadRoutes.all + LeadIdentityRoutes.all
        + LeadActionRoutes.all + ChangeRoutes.all + MessageRoutes.all + CompanyRoutes.all + SuppressionRoutes.all
        + JobRoutes.all + RunRoutes.all
        + ScheduleRoutes.all + SyncRoutes.all + BackupRoutes.all

    static let table = RouteTable(all)
}
